import { expect, onTestFinished, test } from 'vitest'
import { createPosthornClient, type TokenRequest } from '../../sdk/src/index.ts'
import { answerJson, type SeenRequest, startAnsweringServer } from './answering-server.ts'

const refusal = { code: 'credentials_invalid', title: 'No', status: 401 }

/** Accepts one token and refuses all others. */
const acceptingOnly = (token: string) =>
  startAnsweringServer((response, request) =>
    request.headers.authorization === `Bearer ${token}`
      ? answerJson(response, 200, {})
      : answerJson(response, 401, refusal),
  )

const sent = (seen: SeenRequest[]) => seen.map(({ headers }) => headers.authorization)

/** A function that gives `first` until it is told that it was refused. */
function renewing(first: string, second: string) {
  const asked: TokenRequest[] = []
  const token = async (request: TokenRequest) => {
    asked.push(request)
    return request.rejected ? second : first
  }
  return { token, asked }
}

test('a client needs an API key or a token, and not both', () => {
  const url = 'http://localhost'
  expect(() => createPosthornClient({ url })).toThrow(/either apiKey or token.*neither/)
  expect(() => createPosthornClient({ url, apiKey: 'ph_a', token: 'pht_b' })).toThrow(
    /either apiKey or token.*both/,
  )
})

test('a token is sent as it is, and a refusal of it is final', async () => {
  const { url, seen } = await acceptingOnly('pht_other')
  const client = createPosthornClient({ url, token: 'pht_a' })
  await expect(client.session()).rejects.toMatchObject({ status: 401 })
  expect(sent(seen)).toEqual(['Bearer pht_a'])
})

test('a function is asked for the token of each request', async () => {
  const { url, seen } = await startAnsweringServer((response) => answerJson(response, 200, {}))
  let count = 0
  const client = createPosthornClient({ url, token: () => `pht_${++count}` })
  await client.session()
  await client.session()
  expect(sent(seen)).toEqual(['Bearer pht_1', 'Bearer pht_2'])
})

test('after a 401 the function is told and asked once more, and the request is sent again', async () => {
  const { url, seen } = await acceptingOnly('pht_new')
  const { token, asked } = renewing('pht_old', 'pht_new')
  // Not to be sent twice otherwise.
  await createPosthornClient({ url, token }).apiKeys.create({ name: 'n', scopes: ['admin'] })
  expect(asked).toEqual([{ rejected: undefined }, { rejected: 'pht_old' }])
  expect(sent(seen)).toEqual(['Bearer pht_old', 'Bearer pht_new'])
  expect(seen[0]?.body).toBe(seen[1]?.body)
})

test('a second 401 is the answer', async () => {
  const { url, seen } = await acceptingOnly('pht_none')
  const { token } = renewing('pht_old', 'pht_new')
  const failed = createPosthornClient({ url, token }).session()
  await expect(failed).rejects.toMatchObject({ code: 'credentials_invalid' })
  expect(seen).toHaveLength(2)
})

test('what the function throws reaches the caller', async () => {
  const { url, seen } = await acceptingOnly('pht_a')
  const token = () => Promise.reject(new Error('signed out'))
  await expect(createPosthornClient({ url, token }).session()).rejects.toThrow('signed out')
  expect(seen).toHaveLength(0)
})

test('a stream asks for a token at each connection, and for another one when it was refused', async () => {
  const { url, seen } = await startAnsweringServer((response, request, count) => {
    if (request.headers.authorization === 'Bearer pht_old') {
      return answerJson(response, 401, refusal)
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(`event: ready\nid: ${count}\ndata: {}\n\n`)
    if (count === 2) response.end()
  })
  const { token, asked } = renewing('pht_old', 'pht_new')
  const stream = createPosthornClient({ url, token }).stream()
  onTestFinished(async () => void (await stream.return()))
  expect((await stream.next()).value).toEqual({ type: 'ready', id: '2' })
  expect((await stream.next()).value).toEqual({ type: 'ready', id: '4' })
  expect(sent(seen)).toEqual([
    'Bearer pht_old',
    'Bearer pht_new',
    'Bearer pht_old',
    'Bearer pht_new',
  ])
  expect(asked.map(({ rejected }) => rejected)).toEqual([
    undefined,
    'pht_old',
    undefined,
    'pht_old',
  ])
})
