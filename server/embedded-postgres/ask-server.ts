import { connect } from 'node:net'
import { connectDatabase } from '../database/database.ts'
import { systemClock } from '../kernel/clock.ts'
import type { Logger } from '../kernel/logger.ts'

const answerMaxMs = 2000
/** Sessions that were closed a moment ago, our own among them, are still listed for a little while. */
const farewellMs = 1000

/** "Do you speak TLS?", the one question that a server answers before anything is known of who asks. */
const sslRequest = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47])

/** Whether a Postgres answers on this port of 127.0.0.1, ready or not. */
export function answersOnPort(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => socket.write(sslRequest))
    const end = (answers: boolean) => {
      socket.destroy()
      resolve(answers)
    }
    socket.setTimeout(answerMaxMs, () => end(false))
    socket.once('data', () => end(true))
    socket.once('error', () => end(false))
    socket.once('close', () => end(false))
  })
}

/** Whether a Posthorn is connected to this database. One that cannot be asked is not in use. */
export async function isUsed(url: string, log: Logger): Promise<boolean> {
  const db = connectDatabase({
    url,
    schema: 'public',
    applicationName: 'posthorn stop',
    maxConnections: 1,
    log,
  })
  try {
    const deadlineMs = systemClock.monotonicMs() + farewellMs
    while (systemClock.monotonicMs() < deadlineMs) {
      const sessions = await db.query(
        (sql) => sql<{ pid: number }[]>`
          select pid from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid() and application_name like 'posthorn %'
          limit 1`,
      )
      if (sessions.length === 0) return false
      await systemClock.sleep(50)
    }
    return true
  } catch (err) {
    log.debug({ err }, 'the embedded Postgres could not be asked who uses it')
    return false
  } finally {
    await db.close()
  }
}
