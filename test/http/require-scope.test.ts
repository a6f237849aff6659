import { expect, test } from 'vitest'
import { handleErrors } from '../../server/http/problem.ts'
import { requireScope } from '../../server/http/require-scope.ts'
import { createRouter } from '../../server/http/router.ts'
import type { Actor, Scope } from '../../server/kernel/actor.ts'
import { silentLogger } from '../../server/kernel/logger.ts'
import { actorWith } from '../support/actor.ts'

function request(actor: Actor | undefined) {
  const app = createRouter()
  handleErrors(app, silentLogger)
  app.use(async (c, next) => {
    if (actor) c.set('actor', actor)
    await next()
  })
  app.get('/things', requireScope('events:write'), (c) => c.text('in'))
  return app.request('/things')
}

function withScopes(...scopes: Scope[]): Actor {
  return actorWith({ scopes })
}

test('the scope lets through, and so does admin', async () => {
  expect((await request(withScopes('events:read', 'events:write'))).status).toBe(200)
  expect((await request(withScopes('admin'))).status).toBe(200)
})

test('without it the answer names the scope that is missing and those that are there', async () => {
  const response = await request(withScopes('events:read'))
  expect(response.status).toBe(403)
  expect(await response.json()).toMatchObject({
    code: 'scope_missing',
    detail: 'This needs the scope events:write; the credential has events:read.',
  })
})

test('a route that forgot to authenticate lets nobody through', async () => {
  expect((await request(undefined)).status).toBe(401)
})
