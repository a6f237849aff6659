import { chown, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Cluster } from './cluster.ts'
import { runProgram } from './server-account.ts'
import { settingsFile } from './write-settings.ts'

const draftPrefix = 'postgres-draft-'

/** In a directory of its own until it is complete, so that an interrupted attempt leaves nothing that looks ready. */
export async function createCluster(dataDir: string, cluster: Cluster): Promise<void> {
  const { binaries, account, password, dir } = cluster
  await removeDrafts(dataDir)
  // A new name each time: initdb may go on for a while after the process that ran it was killed.
  const draft = await mkdtemp(join(dataDir, draftPrefix))
  const draftCluster = join(draft, 'postgres')
  const passwordFile = join(draft, 'password')
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 })
  if (account) {
    await chown(draft, account.uid, account.gid)
    await chown(passwordFile, account.uid, account.gid)
  }
  const initdbOptions = [
    `--pgdata=${draftCluster}`,
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // Postgres brings this locale itself, the same on every machine.
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
  ]
  await runProgram(binaries.initdb, initdbOptions, account, { cwd: draft })
  await writeFile(
    join(draftCluster, 'postgresql.conf'),
    `\ninclude_if_exists = '${settingsFile}'\n`,
    {
      flag: 'a',
    },
  )
  const single = ['--single', '-D', draftCluster, '-c', 'exit_on_error=on', 'postgres']
  await runProgram(binaries.postgres, single, account, {
    cwd: draft,
    input: 'create database posthorn\n',
  })
  await rename(draftCluster, dir)
  await removeDrafts(dataDir)
}

async function removeDrafts(dataDir: string): Promise<void> {
  for (const name of await readdir(dataDir)) {
    if (!name.startsWith(draftPrefix)) continue
    // What somebody still writes to stays until the next time.
    await rm(join(dataDir, name), { recursive: true, force: true }).catch(() => undefined)
  }
}
