// A host whose environment would have everything go through a proxy, and no certificate be checked.
import { createPosthorn } from '../../server/index.ts'
import { encryptionKeys } from '../support/encryption-keys.ts'

const [elsewhere = ''] = process.argv.slice(2)
const posthorn = createPosthorn({
  database: process.env['DATABASE_URL'] ?? '',
  encryptionKeys,
  allowHttp: true,
  allowedNetworks: ['127.0.0.0/8'],
  consoleDir: false,
})
// What the environment does to a request that follows it.
await fetch(elsewhere).catch(() => undefined)
await posthorn.dispatcher.start()
process.stdout.write('ready\n')
