import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { link, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { systemClock } from '../kernel/clock.ts'
import { newEncryptionKey } from '../kernel/encryption-keys.ts'

interface KeyOptions {
  encryptionKeys?: readonly string[]
}

/** Beside an embedded database lies its key, made at the first start; keys that are given go before it. */
export async function withLocalKey<Options extends KeyOptions>(
  options: Options,
  dataDir: string,
): Promise<Options> {
  const path = join(dataDir, 'encryption-key')
  if (!existsSync(path)) await makeKey(path)
  const local = (await readFile(path, 'utf8')).trim()
  return { ...options, encryptionKeys: [...(options.encryptionKeys ?? []), local] }
}

/** Written whole before it bears its name; of several processes, one makes it. */
async function makeKey(path: string): Promise<void> {
  const draft = `${path}.${randomUUID()}`
  await writeFile(draft, `${newEncryptionKey(systemClock.now())}\n`, { mode: 0o600 })
  await link(draft, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  await rm(draft)
}
