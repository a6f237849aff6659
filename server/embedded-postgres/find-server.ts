import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Cluster } from './cluster.ts'
import { readText } from './read-file.ts'
import { runProgram } from './server-account.ts'

interface RunningServer {
  port: number
  state: string
}

/** What postmaster.pid says, if the process it names lives: pid, directory, start time, port, socket, host, key, state. */
export async function findServer(cluster: Cluster): Promise<RunningServer | undefined> {
  const path = join(cluster.dir, 'postmaster.pid')
  const lines = (await readText(path)).split('\n').map((line) => line.trim())
  const [pid, , , port, , , , state = ''] = lines
  if (!pid) return undefined
  if (!(await isRunning(cluster))) return undefined
  if (await isSomethingElse(pid, cluster.dir)) {
    // After a crash of the machine, or in a new container, another process may bear the number; a killed server whose
    // parent does not collect it keeps its own. Postgres cannot tell, and would refuse to start.
    await rm(path, { force: true })
    return undefined
  }
  return { port: Number(port), state: port ? state : 'starting' }
}

/** Exit status 3 is "not running". */
async function isRunning({ binaries, dir, account }: Cluster): Promise<boolean> {
  const options = { cwd: dir, statuses: [0, 3] }
  return (await runProgram(binaries.pg_ctl, ['status', '-D', dir], account, options)) === 0
}

/** Only Linux tells; elsewhere nothing is known to be something else. A zombie has no command line. */
async function isSomethingElse(pid: string, dir: string): Promise<boolean> {
  try {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8')
    return !command.split('\0').includes(dir)
  } catch {
    return false
  }
}
