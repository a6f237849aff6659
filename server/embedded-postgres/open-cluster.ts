import { randomBytes } from 'node:crypto'
import { chown, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Cluster } from './cluster.ts'
import { createCluster } from './create-cluster.ts'
import type { Binaries } from './find-binaries.ts'
import { isFile, readText } from './read-file.ts'
import { type Account, canEnter, runProgram } from './server-account.ts'

/** The cluster in `dataDir`, created if there is none. */
export async function openCluster(
  dataDir: string,
  binaries: Binaries,
  account: Account | undefined,
): Promise<Cluster> {
  if (account) await checkReach(dataDir, binaries, account)
  const dir = join(dataDir, 'postgres')
  const exists = await isFile(join(dir, 'PG_VERSION'))
  const password = await readPassword(join(dataDir, 'postgres-password'), exists)
  const cluster = { dir, password, binaries, account }
  if (!exists) await createCluster(dataDir, cluster)
  return cluster
}

async function checkReach(dataDir: string, binaries: Binaries, account: Account): Promise<void> {
  if (!(await canEnter(dataDir, account))) {
    await chown(dataDir, account.uid, account.gid)
    if (!(await canEnter(dataDir, account))) {
      throw new Error(
        `PostgreSQL refuses to run as root, and the user ${account.name} that it runs as cannot reach ${dataDir}. ` +
          'Choose a data directory below one that every user may enter, such as /var/lib, ' +
          'or run this process as an ordinary user.',
      )
    }
  }
  await runProgram(binaries.postgres, ['--version'], account).catch((cause: unknown) => {
    throw new Error(
      `PostgreSQL refuses to run as root, and the user ${account.name} that it runs as cannot execute ` +
        `${binaries.postgres}. Let every user enter the directories above it (chmod a+x), ` +
        'install the packages elsewhere, or run this process as an ordinary user.',
      { cause },
    )
  })
}

async function readPassword(path: string, clusterExists: boolean): Promise<string> {
  const known = (await readText(path)).trim()
  if (known !== '') return known
  if (clusterExists) {
    throw new Error(
      `${path} is missing, and the database beside it needs the password in it. ` +
        'Restore the file, or move the directory away to begin with an empty database.',
    )
  }
  const password = randomBytes(24).toString('base64url')
  await rm(`${path}.new`, { force: true })
  await writeFile(`${path}.new`, `${password}\n`, { mode: 0o600, flag: 'wx', flush: true })
  await rename(`${path}.new`, path)
  return password
}
