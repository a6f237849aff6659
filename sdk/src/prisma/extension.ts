import type { EmittedEvent } from '../emit/create-emitter.ts'
import type { PrismaTransaction } from '../emit/run-statement.ts'
import type { EventCatalogue, EventToEmit } from '../event-catalogue.ts'

/** What the transaction client gains. */
export interface PrismaEmit<Catalogue extends EventCatalogue> {
  /**
   * Inserts the event by one statement on the connection of the transaction. Await it.
   * @throws InvalidEventError before any SQL; EmitError when Postgres refused it for a reason that can be mended;
   *   PrismaEmitError, at once and not as a rejection, outside of an interactive transaction
   */
  $emit(event: EventToEmit<Catalogue>): Promise<EmittedEvent>
  /** The same for any number of events: one statement, all or none. Answers in their order. */
  $emitMany(events: Iterable<EventToEmit<Catalogue>>): Promise<EmittedEvent[]>
}

/** What `$extends` of any Prisma 7 client takes, and what the compiler learns from it. */
export type PosthornExtension<Catalogue extends EventCatalogue> = (client: object) => {
  $extends: {
    extArgs: {
      result: Record<never, never>
      model: Record<never, never>
      query: Record<never, never>
      client: { [Name in keyof PrismaEmit<Catalogue>]: () => PrismaEmit<Catalogue>[Name] }
    }
  }
}

/** The parts of Prisma's client that the extension uses. */
export interface ExtensibleClient {
  $transaction(this: object, work: unknown, options?: unknown): Promise<unknown>
  $extends(extension: object): unknown
}

/** Of what a client has, its transactions lack the connecting. */
export function isTransaction(client: unknown): client is PrismaTransaction {
  if (typeof client !== 'object' || client === null) return false
  return '$executeRawUnsafe' in client && Reflect.get(client, '$connect') === undefined
}
