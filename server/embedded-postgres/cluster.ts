import type { Binaries } from './find-binaries.ts'
import type { Account } from './server-account.ts'

/** A data directory of PostgreSQL, and what it is served with. */
export interface Cluster {
  dir: string
  password: string
  binaries: Binaries
  account: Account | undefined
}
