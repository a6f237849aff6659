import { readdirSync, readFileSync } from 'node:fs'

/** The kernel counts CPU time in ticks of 10 ms. */
const tickUs = 10_000

/** CPU time so far of a process and of those children of its that have ended. */
export function cpuUs(pid: number): number {
  const fields = stat(pid)
  if (!fields) return 0
  return [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index]), 0) * tickUs
}

/** The same of a process and all its living children: a Postgres with its backends. */
export function treeCpuUs(pid: number): number {
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((child) => stat(child)?.[1] === String(pid))
  return [pid, ...children].reduce((sum, one) => sum + cpuUs(one), 0)
}

/** Resident memory in MiB. */
export function rssMib(pid: number): number {
  const kib = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Number(kib) / 1024
}

/** Fields of /proc/<pid>/stat after the name: 0 is the state, 1 the parent. */
function stat(pid: number): string[] | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')
  } catch {
    return undefined
  }
}
