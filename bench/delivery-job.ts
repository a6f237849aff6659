import postgres from 'postgres'

/** What a team would build from a job queue: one job per webhook, and a table that says what came of each. */
export const taskName = 'deliver'
export const queueName = 'deliver'

export const resultsTable = `
  create table webhook_results (
    event_id uuid primary key,
    status_code smallint not null,
    duration_ms integer not null,
    recorded_at timestamptz not null default now()
  )`

export interface Result {
  event_id: string
  status_code: number
  duration_ms: number
}

export interface Recorder {
  /** Resolves when the result is committed. */
  record(result: Result): Promise<void>
  recordAll(results: Result[]): Promise<void>
  close(): Promise<void>
}

const groupMax = 500
const groupsUnderWay = 2

/** Writes results one by one, or, `grouped`, those that come at the same time in one statement. */
export function createRecorder(databaseUrl: string, grouped: boolean): Recorder {
  const sql = postgres(databaseUrl, { max: 10 })
  let waiting: { result: Result; done: () => void; failed: (error: unknown) => void }[] = []
  let underWay = 0

  async function recordAll(results: Result[]): Promise<void> {
    await sql`
      insert into webhook_results (event_id, status_code, duration_ms)
      select * from json_to_recordset(${JSON.stringify(results)}::text::json)
        as r(event_id uuid, status_code smallint, duration_ms integer)`
  }

  function flush(): void {
    if (underWay >= groupsUnderWay || waiting.length === 0) return
    const group = waiting.slice(0, groupMax)
    waiting = waiting.slice(groupMax)
    underWay++
    recordAll(group.map(({ result }) => result))
      .then(
        () =>
          group.forEach(({ done }) => {
            done()
          }),
        (error) =>
          group.forEach(({ failed }) => {
            failed(error)
          }),
      )
      .finally(() => {
        underWay--
        flush()
      })
  }

  return {
    recordAll,
    async record(result) {
      if (!grouped) {
        const { event_id, status_code, duration_ms } = result
        await sql`
          insert into webhook_results (event_id, status_code, duration_ms)
          values (${event_id}, ${status_code}, ${duration_ms})`
        return
      }
      await new Promise<void>((done, failed) => {
        waiting.push({ result, done, failed })
        // After those that end in the same turn.
        setImmediate(flush)
      })
    },
    close: () => sql.end(),
  }
}
