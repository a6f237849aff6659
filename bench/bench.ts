import type { Cluster } from './cluster.ts'
import type { Figure, Target } from './figures.ts'
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

/** The result of a run of all sections. */
export interface Results {
  figures: Figure[]
  sections: { name: string; seconds: number; error?: string }[]
}
