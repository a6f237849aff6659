import { AsyncLocalStorage } from 'node:async_hooks'
import { createEmitter, type EmitOptions } from '../emit/create-emitter.ts'
import type { PrismaTransaction } from '../emit/run-statement.ts'
import type { AnyEvents, EventCatalogue, EventToEmit } from '../event-catalogue.ts'
import type { EventDefinitions, EventsOf } from '../event-definitions.ts'
import { EmitLedger } from './emit-ledger.ts'
import { type ExtensibleClient, isTransaction, type PosthornExtension } from './extension.ts'
import { PrismaEmitError } from './prisma-emit-error.ts'

export type { PosthornExtension, PrismaEmit } from './extension.ts'
export { PrismaEmitError, type PrismaEmitReason } from './prisma-emit-error.ts'

/**
 * Adds `tx.$emit(event)` and `tx.$emitMany(events)` to the transaction client of Prisma 7: events that are committed with
 * the change they tell of, or not at all. Outside of `$transaction(async (tx) => …)` both throw. A transaction whose
 * emits failed or were not awaited is rolled back, and `$transaction` rejects with a {@link PrismaEmitError}.
 *
 *     const prisma = new PrismaClient({ adapter }).$extends(posthorn({ events }))
 *     await prisma.$transaction(async (tx) => {
 *       await tx.issue.update({ where: { id }, data: { status: 'closed' } })
 *       await tx.$emit({ entityType: 'Issue', entityId: id, eventType: 'IssueStatusChanged', organisationId, data })
 *     })
 */
export function posthorn<const Definitions extends EventDefinitions>(
  options: EmitOptions & { events: Definitions },
): PosthornExtension<EventsOf<Definitions>>
/** The same without checking `data`; name a catalogue to have events typed: `posthorn<BuiltInEvents>()`. */
export function posthorn<Catalogue extends EventCatalogue = AnyEvents>(
  options?: EmitOptions,
): PosthornExtension<Catalogue>
export function posthorn(
  options: EmitOptions & { events?: EventDefinitions } = {},
): PosthornExtension<EventsOf<EventDefinitions>> {
  const emitter = createEmitter(options)

  return (client) => {
    const { $transaction } = client as ExtensibleClient
    const ledgers = new WeakMap<object, EmitLedger>()
    const current = new AsyncLocalStorage<EmitLedger>()

    function record<T>(
      method: string,
      tx: unknown,
      emit: (tx: PrismaTransaction) => Promise<T>,
    ): Promise<T> {
      if (!isTransaction(tx)) throw new PrismaEmitError('outside_transaction', method)
      // Other extensions see a transaction by objects of their own, such as `$parent` in a method of a model.
      const ledger = ledgers.get(tx) ?? current.getStore()
      if (!ledger) throw new PrismaEmitError('outside_transaction', method)
      return ledger.record(method, () => emit(tx))
    }

    async function supervise(tx: object, work: (tx: object) => unknown): Promise<unknown> {
      const ledger = new EmitLedger()
      ledgers.set(tx, ledger)
      let result: unknown
      try {
        result = await current.run(ledger, () => work(tx))
      } catch (error) {
        await ledger.close()
        throw error
      }
      const refusal = await ledger.close()
      if (refusal) throw refusal
      return result
    }

    return (client as ExtensibleClient).$extends({
      name: 'posthorn',
      client: {
        $emit(this: unknown, event: EventToEmit) {
          return record('$emit', this, (tx) => emitter.emit(tx, event))
        },
        $emitMany(this: unknown, events: Iterable<EventToEmit>) {
          return record('$emitMany', this, (tx) => emitter.emitMany(tx, events))
        },
        $transaction(this: object, work: unknown, transactionOptions?: unknown) {
          const supervised =
            typeof work === 'function'
              ? (tx: object) => supervise(tx, work as (tx: object) => unknown)
              : work
          return $transaction.call(this, supervised, transactionOptions)
        },
      },
    }) as ReturnType<PosthornExtension<EventsOf<EventDefinitions>>>
  }
}
