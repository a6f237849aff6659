import type { Section } from './bench.ts'
import { emit } from './sections/emit.ts'
import { flatness } from './sections/flatness.ts'
import { isolation } from './sections/isolation.ts'
import { jobQueues } from './sections/job-queues.ts'
import { latency } from './sections/latency.ts'
import { memory } from './sections/memory.ts'
import { organisations } from './sections/organisations.ts'
import { readSide } from './sections/read-side.ts'
import { throughput } from './sections/throughput.ts'
import { transaction } from './sections/transaction.ts'

/** In the order they are run and printed. */
export const sections: readonly Section[] = [
  throughput,
  latency,
  transaction,
  emit,
  isolation,
  organisations,
  jobQueues,
  memory,
  flatness,
  readSide,
]
