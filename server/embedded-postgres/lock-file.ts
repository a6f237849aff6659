import { randomUUID } from 'node:crypto'
import { link, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { systemClock } from '../kernel/clock.ts'
import { isProcessAlive } from '../kernel/is-process-alive.ts'

const touchIntervalMs = 2_000
/** A holder touches its lock; process numbers alone prove nothing once a container was restarted. */
const untouchedMaxMs = 15_000

/** Runs `work` while no other process does, of those that lock the same file. Waits for as long as the holder works. */
export async function withLockFile<T>(path: string, work: () => Promise<T>): Promise<T> {
  const token = `${process.pid} ${randomUUID()}`
  await acquire(path, token)
  const timer = setInterval(() => {
    const now = new Date(systemClock.now())
    utimes(path, now, now).catch(() => undefined)
  }, touchIntervalMs)
  timer.unref()
  try {
    return await work()
  } finally {
    clearInterval(timer)
    if ((await readToken(path)) === token) await rm(path, { force: true })
  }
}

async function acquire(path: string, token: string): Promise<void> {
  const draft = `${path}.${token.replace(' ', '-')}`
  await writeFile(draft, token, { flag: 'wx' })
  try {
    for (;;) {
      // A link appears with its content, or not at all.
      if (await succeeds(link(draft, path), 'EEXIST')) return
      const holder = await readToken(path)
      if (holder !== undefined && (await isAbandoned(path, holder))) await remove(path, holder)
      else await systemClock.sleep(50)
    }
  } finally {
    await rm(draft, { force: true })
  }
}

async function isAbandoned(path: string, holder: string): Promise<boolean> {
  if (!isProcessAlive(Number.parseInt(holder, 10))) return true
  const found = await stat(path).catch(() => undefined)
  return found !== undefined && systemClock.now() - found.mtimeMs > untouchedMaxMs
}

/** Two may find the same lock abandoned: only one moves it, and what the slower one moved by mistake it puts back. */
async function remove(path: string, holder: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`
  if (!(await succeeds(rename(path, aside), 'ENOENT'))) return
  if ((await readToken(aside)) !== holder) await succeeds(link(aside, path), 'EEXIST')
  await rm(aside, { force: true })
}

async function readToken(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined
    throw error
  }
}

async function succeeds(operation: Promise<void>, unless: string): Promise<boolean> {
  try {
    await operation
    return true
  } catch (error) {
    if (hasCode(error, unless)) return false
    throw error
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
