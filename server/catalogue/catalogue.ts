import type { Database } from '../database/database.ts'
import type { Clock } from '../kernel/clock.ts'
import type { FieldIssue } from '../kernel/errors.ts'
import { builtInEventTypes } from './built-in-event-types.ts'
import type { EventTypeRow } from './event-types.ts'
import { createDataValidator } from './validate-data.ts'

/** A change made by another process is seen after this long. */
const maxAgeMs = 5000
/** A name that is not known is looked for again, but no more often than this. */
const missAgeMs = 500

/** What accepting an event needs to know of its type. */
export interface KnownEventType {
  name: string
  entityType: string
  validation: 'off' | 'warn' | 'strict'
  /** Where `data` does not fit the schema; nothing when there is none. */
  check(data: unknown): FieldIssue[]
}

/** The catalogue in memory, so that checking an event costs no query. */
export class Catalogue {
  readonly #db: Database
  readonly #clock: Clock
  readonly #validator = createDataValidator()
  #types = new Map<string, KnownEventType>()
  #loadedAtMs = Number.NEGATIVE_INFINITY
  #loading: Promise<void> | undefined

  constructor(db: Database, clock: Clock) {
    this.#db = db
    this.#clock = clock
  }

  /** The types of these names that exist; loads again when the copy is old or lacks one. */
  async find(names: Iterable<string>): Promise<ReadonlyMap<string, KnownEventType>> {
    const ageMs = this.#clock.monotonicMs() - this.#loadedAtMs
    const missing = ageMs > missAgeMs && [...names].some((name) => !this.#types.has(name))
    if (ageMs > maxAgeMs || missing) await this.reload()
    return this.#types
  }

  reload(): Promise<void> {
    this.#loading ??= this.#load().finally(() => {
      this.#loading = undefined
    })
    return this.#loading
  }

  async #load(): Promise<void> {
    const rows = await this.#db.query(
      (sql) => sql<
        Pick<EventTypeRow, 'name' | 'entityType' | 'schema' | 'version' | 'validation'>[]
      >`
        select name, entity_type, schema, version, validation from event_types`,
    )
    this.#types = new Map(rows.map((row) => [row.name, this.#know(row)]))
    this.#loadedAtMs = this.#clock.monotonicMs()
  }

  #know(
    row: Pick<EventTypeRow, 'name' | 'entityType' | 'schema' | 'version' | 'validation'>,
  ): KnownEventType {
    const { name, entityType, schema, version } = row
    return {
      name,
      entityType,
      validation: row.validation as KnownEventType['validation'],
      check: (data) =>
        schema === null ? [] : this.#validator.validate({ name, version, schema }, data),
    }
  }
}

/** Adds the built-in types that the database lacks; what a host has changed stays as it is. */
export async function seedCatalogue(db: Database): Promise<void> {
  const rows = builtInEventTypes()
  await db.query(
    (sql) => sql`
      insert into event_types (name, entity_type, description, schema, example)
      select * from json_to_recordset(${JSON.stringify(rows)}::text::json)
        as t(name text, "entityType" text, description text, schema jsonb, example jsonb)
      on conflict (name) do nothing`,
  )
}
