import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestPosthorn } from '../support/create-test-posthorn.ts'

let server: Awaited<ReturnType<typeof createTestPosthorn>>

beforeAll(async () => {
  server = await createTestPosthorn()
})

afterAll(() => server.close())

async function name(organisationName: string, id: string = randomUUID()): Promise<string> {
  const answer = await server.call('PUT', `/v1/organisations/${id}`, {
    body: { name: organisationName },
  })
  expect(answer.status).toBe(200)
  return id
}

async function find(q: string): Promise<string[]> {
  const found: string[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const query = new URLSearchParams({ q, limit: '2', ...(cursor && { cursor }) })
    const { body } = await server.call('GET', `/v1/organisations?${query}`)
    found.push(...body.data.map((one: { id: string }) => one.id))
    cursor = body.nextCursor
  }
  return found
}

test('organisations are found by a part of their name in any case, newest first, page by page', async () => {
  const oldest = await name('Harbour Homes')
  const other = await name('Northern Lettings')
  const middle = await name('The HARBOUR Trust')
  const newest = await name('Old harbour')
  expect(await find('harbour')).toEqual([newest, middle, oldest])
  expect(await find('  lettings ')).toEqual([other])
  expect(await find('nobody')).toEqual([])
})

test('organisations are found by the beginning of their id, named or not', async () => {
  const { organisationId } = await server.createOrganisation()
  expect(await find(organisationId.slice(0, 13).toUpperCase())).toEqual([organisationId])
  expect(await find(organisationId.slice(9))).toEqual([])
})

test('what LIKE reads in its own way stands for itself', async () => {
  const percent = await name('100 % Homes')
  const underscore = await name('Snake_Case')
  const backslash = await name('C:\\Homes')
  expect(await find('%')).toEqual([percent])
  expect(await find('_')).toEqual([underscore])
  expect(await find('\\')).toEqual([backslash])
})

test('one organisation is got by its id, that of others is not found', async () => {
  const id = await name('Acme')
  const { body } = await server.call('GET', `/v1/organisations/${id}`)
  expect(body).toMatchObject({ id, name: 'Acme' })
  const unknown = await server.call('GET', `/v1/organisations/${randomUUID()}`)
  expect([unknown.status, unknown.body.code]).toEqual([404, 'not_found'])
  const own = await server.createOrganisation(['admin'])
  const named = { key: own.key }
  expect((await server.call('GET', `/v1/organisations/${own.organisationId}`, named)).status).toBe(
    200,
  )
  expect((await server.call('GET', `/v1/organisations/${id}`, named)).status).toBe(404)
})
