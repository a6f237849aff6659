import { expect, test } from 'vitest'
import { createPosthorn } from '../../server/index.ts'
import { createTestPosthorn, issueEvent, platformKey } from '../support/create-test-posthorn.ts'
import { encryptionKeys } from '../support/encryption-keys.ts'
import { startTcpProxy } from '../support/tcp-proxy.ts'

test('without its database the server answers 503 with Retry-After, lives on, and serves again when it is back', async () => {
  const direct = await createTestPosthorn()
  const { organisationId } = await direct.createOrganisation()
  const target = new URL(direct.databaseUrl)
  const proxy = await startTcpProxy({
    targetPort: Number(target.port),
    targetHost: target.hostname,
  })
  const through = new URL(direct.databaseUrl)
  through.hostname = '127.0.0.1'
  through.port = String(proxy.port)
  const posthorn = createPosthorn({
    database: through.href,
    encryptionKeys,
    retentionDays: { events: 3, deliveries: 3 },
    consoleDir: false,
  })
  const post = () =>
    posthorn.fetch(
      new Request('http://posthorn.test/v1/events', {
        method: 'POST',
        headers: { authorization: `Bearer ${platformKey}`, 'content-type': 'application/json' },
        body: JSON.stringify(issueEvent({ organisationId })),
      }),
    )
  try {
    expect((await post()).status).toBe(202)
    await proxy.setMode('refuse')
    const away = await post()
    expect(away.status).toBe(503)
    expect(Number(away.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await away.json()).toMatchObject({ code: 'database_unavailable' })
    expect((await posthorn.fetch(new Request('http://posthorn.test/healthz'))).status).toBe(200)
    await proxy.setMode('pass')
    expect((await post()).status).toBe(202)
  } finally {
    await posthorn.close()
    await proxy.close()
    await direct.close()
  }
})

test('health, unknown paths and wrong methods are answered as the API promises', async () => {
  const server = await createTestPosthorn()
  try {
    expect((await server.call('GET', '/healthz')).body.status).toBe('ok')
    const ready = await server.call('GET', '/readyz')
    expect(
      ready.body.checks.map((check: { name: string; status: string }) => [
        check.name,
        check.status,
      ]),
    ).toEqual([
      ['database', 'ok'],
      ['migrations', 'ok'],
      ['partitions', 'ok'],
      ['row_level_security', 'ok'],
    ])
    const unknown = await server.call('GET', '/v1/nothing')
    expect([unknown.status, unknown.body.code]).toEqual([404, 'not_found'])
    const wrong = await server.call('DELETE', '/v1/events')
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST'])
  } finally {
    await server.close()
  }
})
