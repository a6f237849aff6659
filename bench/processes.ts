import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

/** CPU time is counted in ticks of 10 ms. */
const tickUs = 10_000

export interface Started {
  process: ChildProcess
  /** The first line it printed that matches. */
  line: RegExpMatchArray
}

/** Starts a TypeScript program and waits for a line of its output. */
export async function start(
  path: string,
  env: Record<string, string>,
  expect: RegExp,
): Promise<Started> {
  const child = spawn(process.execPath, ['--conditions=posthorn-source', path], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const text of createInterface({ input: child.stdout })) {
    const line = text.match(expect)
    if (line) {
      child.stdout.resume()
      return { process: child, line }
    }
  }
  throw new Error(`${path} ended before it was ready`)
}

/** CPU time so far of a process and everything below it, and of the Postgres that works in `dataDir`. */
export function cpuUs(pid: number, dataDir: string): { node: number; postgres: number } {
  return {
    node: cpuOf(pid),
    postgres: postgresPids(dataDir).reduce((sum, one) => sum + cpuOf(one), 0),
  }
}

/** Resident memory in MiB. */
export function rssMib(pid: number): number {
  const kib = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Number(kib) / 1024
}

function postgresPids(dataDir: string): number[] {
  const postmaster = Number(
    readFileSync(`${dataDir}/postgres/postmaster.pid`, 'utf8').split('\n')[0],
  )
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => stat(pid)?.[1] === String(postmaster))
  return [postmaster, ...children]
}

/** Own time and that of children that ended. */
function cpuOf(pid: number): number {
  const fields = stat(pid)
  if (!fields) return 0
  return [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index]), 0) * tickUs
}

/** Fields of /proc/<pid>/stat after the name: 0 is the state, 1 the parent. */
function stat(pid: number): string[] | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')
  } catch {
    return undefined
  }
}
