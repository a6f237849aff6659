import type { Cluster } from './cluster.ts'
import type { Figure, Target } from './figures.ts'
import type { Machine } from './machine.ts'
import type { Program } from './program.ts'
import type { BareLoopCalls } from './programs/bare-loop.ts'
import type { LoadCalls } from './programs/load.ts'
import type { ReceiverCalls } from './programs/receiver.ts'

/** `quick` shows that it runs, `default` gives figures in minutes, `full` goes to the sizes that are promised. */
export type Size = 'quick' | 'default' | 'full'

/** What every section has at hand. */
export interface Bench {
  size: Size
  cluster: Cluster
  receiver: Program<ReceiverCalls>
  receiverUrl: string
  bareLoop: Program<BareLoopCalls>
  load: Program<LoadCalls>
  /** Names what the next figures have in common. */
  group(name: string): void
  report(name: string, value: number, unit: string, target?: Target): void
  /** A line between the figures: what is being done, or what they stand for. */
  note(text: string): void
}

export interface Section {
  name: string
  title: string
  /** One paragraph for the page: what is measured, and how. */
  method: string
  /** Of the section's Postgres, beyond those the product starts it with. */
  postgresSettings?: Record<string, string>
  run(bench: Bench): Promise<void>
}

/** What a run of a section gave, as it is kept in docs/benchmarks/results.json. */
export interface SectionResult {
  name: string
  size: Size
  /** RFC 3339, UTC. */
  measuredAt: string
  seconds: number
  /** Other work on the machine when it began: one-minute load average. */
  loadBefore: number
  machine: Machine
  figures: Figure[]
}
