import type { Section } from './bench.ts'
import { throughput } from './sections/throughput.ts'

/** In the order they are run and printed. */
export const sections: readonly Section[] = [throughput]
