import { DatabaseSync } from 'node:sqlite'
import type { PulledEvent } from '@posthorn/sdk'

/** An event as a context tells it. */
export interface Happening {
  id: string
  at: string
  type: string
  userId: string | null
  data: Record<string, unknown>
}

/**
 * What is known of each entity of an organisation, in one SQLite file: it survives being killed at any moment. Events choose
 * what they are about, so another organisation's say nothing here, whatever ids they name.
 */
export class ContextStore {
  readonly #db: DatabaseSync

  constructor(file: string) {
    this.#db = new DatabaseSync(file)
    this.#db.exec(`
      pragma journal_mode = wal;
      create table if not exists happenings (
        organisation_id text, entity_type text, entity_id text, at text, id text, type text, user_id text, data text,
        primary key (organisation_id, entity_type, entity_id, at, id)
      ) without rowid;
      create table if not exists progress (name text primary key, value text)`)
  }

  /** Adds events; one that is there already stays as it is, so they may come twice and in any order. */
  add(events: readonly PulledEvent[], cursor?: string): void {
    const insert = this.#db.prepare(
      'insert or ignore into happenings values (?, ?, ?, ?, ?, ?, ?, ?)',
    )
    this.#db.exec('begin')
    for (const event of events) {
      const { organisationId, entityType, entityId, timestamp, id, type, userId, data } = event
      const entity = [organisationId, entityType, entityId]
      insert.run(...entity, timestamp, id, type, userId, JSON.stringify(data))
    }
    if (cursor !== undefined) this.#set('cursor', cursor)
    this.#db.exec('commit')
  }

  /** How far the history was read; undefined before the first page. */
  get cursor(): string | undefined {
    return this.#get('cursor')
  }

  get isBackfilled(): boolean {
    return this.#get('backfilled') === 'yes'
  }

  markBackfilled(): void {
    this.#set('backfilled', 'yes')
  }

  /** Of one entity, oldest first. */
  read(organisationId: string, entityType: string, entityId: string): Happening[] {
    const rows = this.#db
      .prepare(
        `select * from happenings where organisation_id = ? and entity_type = ? and entity_id = ? order by at, id`,
      )
      .all(organisationId, entityType, entityId) as unknown as (Record<
      'id' | 'at' | 'type' | 'data',
      string
    > & {
      user_id: string | null
    })[]
    return rows.map(({ id, at, type, user_id, data }) => ({
      ...{ id, at, type, userId: user_id },
      data: JSON.parse(data) as Record<string, unknown>,
    }))
  }

  close(): void {
    this.#db.close()
  }

  #get(name: string): string | undefined {
    const row = this.#db.prepare('select value from progress where name = ?').get(name)
    return row?.['value'] as string | undefined
  }

  #set(name: string, value: string): void {
    this.#db.prepare('insert or replace into progress values (?, ?)').run(name, value)
  }
}
