import { writeSync } from 'node:fs'
import postgres from 'postgres'
import { createEmitter } from '../../sdk/src/index.ts'
import { createPosthorn } from '../../server/index.ts'
import { issueEvent } from '../support/create-test-posthorn.ts'
import { encryptionKeys } from '../support/encryption-keys.ts'

// An application with a dispatcher of its own that is killed in the very moment its transaction is committed.
const [url = '', ...organisationIds] = process.argv.slice(2)
const posthorn = createPosthorn({
  database: url,
  encryptionKeys,
  allowHttp: true,
  allowedNetworks: ['127.0.0.0/8'],
  dispatcher: { leaseMs: 2000 },
})
await posthorn.dispatcher.start()
const sql = postgres(url, { max: 1 })
const { emitMany } = createEmitter()
const events = organisationIds.map((organisationId) => issueEvent({ organisationId }))
const emitted = await sql.begin((tx) => emitMany(tx, events as never))
writeSync(1, `committed ${emitted.map(({ id }) => id).join(' ')}\n`)
process.kill(process.pid, 'SIGKILL')
