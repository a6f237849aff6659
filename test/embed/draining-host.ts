// A host that drains when it is told to.
import { createServer } from 'node:http'
import { createPosthorn, drainOnSignals } from '../../server/index.ts'
import { encryptionKeys } from '../support/encryption-keys.ts'

const [mode = 'exit'] = process.argv.slice(2)
const posthorn = createPosthorn({
  database: process.env['DATABASE_URL'] ?? '',
  encryptionKeys,
  allowHttp: true,
  allowedNetworks: ['127.0.0.0/8'],
  consoleDir: false,
})
const server = createServer(posthorn.node).listen(0, '127.0.0.1')
drainOnSignals(posthorn, {
  onDrain: () => {
    server.close()
    server.closeIdleConnections()
  },
  exit: mode !== 'no-exit',
  ...(mode === 'timeout' && { timeoutMs: 300 }),
})
await posthorn.dispatcher.start()
process.stdout.write('ready\n')
