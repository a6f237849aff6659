import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPosthornClient } from '../../sdk/src/index.ts'
import { createTestPosthorn, platformKey } from '../support/create-test-posthorn.ts'

let server: Awaited<ReturnType<typeof createTestPosthorn>>

beforeAll(async () => {
  server = await createTestPosthorn()
})

afterAll(() => server.close())

test('a client makes tokens, comes in with them, lists and revokes them', async () => {
  const { organisationId } = await server.createOrganisation()
  const connection = {
    url: 'http://posthorn.test',
    fetch: async (input: string | URL | Request, init?: RequestInit) =>
      server.posthorn.fetch(new Request(input, init)),
  }
  const { portalTokens } = createPosthornClient({
    ...connection,
    apiKey: platformKey,
    organisationId,
  })
  const first = await portalTokens.create({ subject: 'her', scopes: ['events:read'] })
  const second = await portalTokens.create({ subject: 'her' })
  const third = await portalTokens.create()

  let current = first
  const portal = createPosthornClient({
    ...connection,
    token: ({ rejected }) => {
      if (rejected) current = second
      return current.token
    },
  })
  expect(await portal.session()).toMatchObject({ id: first.id, organisationId })
  await portalTokens.revoke(first.id)
  expect(await portal.session()).toMatchObject({ id: second.id })

  const ids = await Array.fromAsync(portalTokens.iterate({ limit: 2 }), ({ id }) => id)
  expect(ids).toEqual([third.id, second.id, first.id])
  expect(await portalTokens.revokeAll('her')).toEqual({ revoked: 1 })
  await expect(portal.session()).rejects.toMatchObject({ code: 'credentials_invalid' })
})
