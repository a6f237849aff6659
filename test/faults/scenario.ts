import type { PostgresCluster } from './postgres-cluster.ts'
import type { Verdict } from './verdict.ts'
import { createWorld, type World, type WorldOptions } from './world.ts'

/** Where a scenario plays. */
export interface Stage {
  cluster: PostgresCluster
  seed: number
  /** The whole fault, or the slice of it that runs with the other tests. */
  full: boolean
}

export interface Scenario {
  /** `F1`, as the table of faults counts them. */
  id: string
  title: string
  run(stage: Stage): Promise<Verdict>
}

/** Runs in a world of its own, and leaves nothing of it. */
export async function inWorld(
  { cluster, seed }: Stage,
  options: WorldOptions,
  work: (world: World) => Promise<Verdict>,
): Promise<Verdict> {
  const world = await createWorld(cluster, seed, options)
  try {
    return await work(world)
  } finally {
    await world.close()
  }
}
