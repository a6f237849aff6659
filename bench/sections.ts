import type { Section } from './bench.ts'
import { isolation } from './sections/isolation.ts'
import { latency } from './sections/latency.ts'
import { organisations } from './sections/organisations.ts'
import { throughput } from './sections/throughput.ts'
import { transaction } from './sections/transaction.ts'

/** In the order they are run and printed. */
export const sections: readonly Section[] = [
  throughput,
  latency,
  transaction,
  isolation,
  organisations,
]
