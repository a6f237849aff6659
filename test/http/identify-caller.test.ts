import { expect, test } from 'vitest'
import { identifyCaller } from '../../server/http/identify-caller.ts'
import { requestId } from '../../server/http/request-id.ts'
import { createRouter } from '../../server/http/router.ts'

async function callerOf(env: object | undefined, headers: Record<string, string> = {}) {
  const app = createRouter()
  app.use(requestId(), identifyCaller(false))
  app.get('/', (c) => c.json(c.var.caller))
  const response = await app.fetch(new Request('http://posthorn.test/', { headers }), env)
  return response.json()
}

test.each([
  ['none', undefined],
  ['an empty one', {}],
  ['that of another runtime', { server: { port: 8080 } }],
  ['that of a worker', { DATABASE: 'x' }],
])('where the environment is %s, no socket is seen and the request is served', async (_, env) => {
  expect(await callerOf(env)).toMatchObject({ ipAddress: null })
})

test('the socket is found where node:http listens, also within another app', async () => {
  const bindings = { incoming: { socket: { remoteAddress: '192.0.2.7', remotePort: 1 } } }
  expect(await callerOf(bindings)).toMatchObject({ ipAddress: '192.0.2.7' })
  expect(await callerOf({ server: bindings })).toMatchObject({ ipAddress: '192.0.2.7' })
})

test('a user agent is kept to 512 characters', async () => {
  const headers = { 'user-agent': 'x'.repeat(2000), 'x-request-id': 'r' }
  expect(await callerOf({}, headers)).toMatchObject({
    userAgent: 'x'.repeat(512),
    requestId: 'r',
  })
})
