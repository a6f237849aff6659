import type { Database } from '../database/database.ts'
import type { SubscriptionDirectory } from '../subscriptions/index.ts'
import { type Bounds, namedSubscription, type ReplayTask } from './task.ts'

/** What may read for a replay: the engine, or an organisation in its own name. */
export type Reader = Pick<Database, 'query'>

/** Where a replay finds what it is about. */
export interface Source {
  db: Reader
  directory: SubscriptionDirectory
  task: ReplayTask
  bounds: Bounds
}

/**
 * The subscription whose rows are to be walked. None when it is the platform's and one organisation is meant: then that
 * one's are, or the rows of all others would be read and passed over.
 */
export function walkedSubscription({ task, directory }: Source): string | undefined {
  const named = namedSubscription(task.filter)
  if (named === undefined || task.organisationId === null) return named
  return directory.get(named)?.organisationId === task.organisationId ? named : undefined
}
