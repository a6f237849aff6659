import { spawn } from 'node:child_process'
import { stat } from 'node:fs/promises'

/** An unprivileged user that runs Postgres in place of root. */
export interface Account {
  name: string
  uid: number
  gid: number
}

/**
 * Who runs the server of the cluster in `dir`: the owner of what is there, otherwise the user `postgres`, which is
 * created where it is missing. Undefined if this process is not root: then it runs everything itself.
 */
export async function serverAccount(dir: string): Promise<Account | undefined> {
  const ownUid = process.geteuid?.()
  const owner = await stat(dir).catch(() => undefined)
  if (ownUid === undefined) return undefined
  if (ownUid !== 0) {
    if (owner && owner.uid !== ownUid) {
      throw new Error(
        `${dir} belongs to user ${owner.uid}, and this process runs as ${ownUid}. ` +
          `Run it as that user, or give it the files: chown -R ${ownUid} ${dir}`,
      )
    }
    return undefined
  }
  if (owner && owner.uid !== 0) return { name: `#${owner.uid}`, uid: owner.uid, gid: owner.gid }
  return (await findAccount('postgres')) ?? (await createAccount('postgres'))
}

async function createAccount(name: string): Promise<Account> {
  const advice =
    `PostgreSQL refuses to run as root, and the user ${name} that it would run as could not be created. ` +
    `Create it (useradd --system ${name}), or run this process as an ordinary user.`
  const options = ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin']
  await runProgram('useradd', [...options, name], undefined).catch((cause: unknown) => {
    throw new Error(advice, { cause })
  })
  const account = await findAccount(name)
  if (!account) throw new Error(advice)
  return account
}

async function findAccount(name: string): Promise<Account | undefined> {
  try {
    const [uid, gid] = [await readId('-u', name), await readId('-g', name)]
    return { name, uid, gid }
  } catch {
    return undefined
  }
}

async function readId(option: string, name: string): Promise<number> {
  let printed = ''
  await runProgram('id', [option, name], undefined, { onOutput: (text) => (printed += text) })
  return Number.parseInt(printed, 10)
}

/** Asked of the system, not computed from modes: access lists count as well. */
export async function canEnter(dir: string, account: Account): Promise<boolean> {
  return runProgram('/bin/sh', ['-c', 'cd "$1"', 'sh', dir], account, { cwd: '/' }).then(
    () => true,
    () => false,
  )
}

interface RunOptions {
  cwd?: string
  input?: string
  /** Exit statuses that are no failure. */
  statuses?: readonly number[]
  onOutput?: (text: string) => void
}

/** Runs a program to its end and returns its exit status. What it printed is in the error. */
export function runProgram(
  program: string,
  parameters: readonly string[],
  account: Account | undefined,
  { cwd, input = '', statuses = [0], onOutput }: RunOptions = {},
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, {
      windowsHide: true,
      ...(cwd === undefined ? {} : { cwd }),
      ...(account && { uid: account.uid, gid: account.gid }),
    })
    let printed = ''
    const collect = (chunk: Buffer): void => {
      printed = (printed + chunk).slice(-4000)
      onOutput?.(String(chunk))
    }
    child.stdout.on('data', collect)
    child.stderr.on('data', collect)
    child.on('error', reject)
    // The program may end without having read its input.
    child.stdin.on('error', () => undefined)
    child.stdin.end(input)
    // Not `close`: on Windows the server inherits the pipes and keeps them open. What was printed is there by then, or
    // a moment later.
    child.on('exit', (status, signal) => {
      setImmediate(() => {
        child.stdout.destroy()
        child.stderr.destroy()
        if (status !== null && statuses.includes(status)) return resolve(status)
        const outcome = signal ?? `exit status ${status}`
        reject(new Error(`${program} failed with ${outcome}: ${printed.trim()}`))
      })
    })
  })
}
