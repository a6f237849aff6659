import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asCurl } from '../../admin-ui/src/delivery/as-curl.ts'
import { asFetch } from '../../admin-ui/src/delivery/as-fetch.ts'
import {
  headerLines,
  isSignatureStale,
  maskedHeaders,
} from '../../admin-ui/src/delivery/recorded-request.ts'
import { githubEvents } from '../../examples/demo/corpus.ts'
import { type Receiver, startReceiver } from '../support/receiver.ts'

const run = promisify(execFile)

let receiver: Receiver

beforeAll(async () => {
  receiver = await startReceiver()
})

afterAll(() => receiver.close())

/** The largest of what GitHub really sent. */
const github = githubEvents()
  .map((event) => JSON.stringify(event.data))
  .reduce((longest, body) => (body.length > longest.length ? body : longest), '')

const bodies: Record<string, string> = {
  plain: '{"id":"1","data":{"a":1}}',
  empty: '',
  'single and double quotes': `{"text":"it's \\"quoted\\" and '\\''"}`,
  'line breaks, also at its end': '{\n  "a": 1\n}\n\n',
  'carriage returns and tabs': '{"a":\r\n\t1}',
  'dollars and backticks': '{"a":"$HOME $(whoami) `id` \u0024{PATH} \\$ $$"}',
  'the word that ends a here-document': '{"a":1}\nBODY\n{"b":"BODY_2"}',
  backslashes: String.raw`{"path":"C:\\new\\table","end":"\\"}`,
  'percent signs and exclamation marks': '{"a":"100%s !! !$"}',
  emoji: '{"text":"Zażółć gęślą jaźń 🛠️ 👩‍👩‍👧‍👦"}',
  'a payload of GitHub': github,
}

const headers = {
  'content-type': 'application/json; charset=utf-8',
  'webhook-id': '019a9d2e-5c00-7000-8000-000000000001',
  'webhook-timestamp': '1762500000',
  'webhook-signature': 'v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=',
  'x-quote': `it's "so" $HOME`,
  'x-empty': '',
}

test('the payload of GitHub is one of 20 kB or more', () => {
  expect(Buffer.byteLength(github)).toBeGreaterThan(20_000)
})

describe.each(Object.entries(bodies))('a body with %s', (name, body) => {
  const send = async (how: 'sh' | 'node') => {
    const path = `/${how}/${encodeURIComponent(name)}`
    const request = { url: receiver.url(`${path}?list[]={1,2}&it's=$HOME`), headers, body }
    if (how === 'sh') await run('sh', ['-c', asCurl(request)])
    else await run(process.execPath, ['--input-type=module', '--eval', asFetch(request)])
    const received = receiver.requests().filter((one) => one.path === path)
    expect(received).toHaveLength(1)
    return received[0]
  }

  test.each(['sh', 'node'] as const)('arrives byte by byte from %s', async (how) => {
    const received = await send(how)
    expect(received?.method).toBe('POST')
    expect(received?.body.toString('utf8')).toBe(body)
    expect(received?.body.equals(Buffer.from(body))).toBe(true)
    expect(received?.headers).toMatchObject(headers)
  })
})

test('a signature is stale once it is older than five minutes', () => {
  const signedAtMs = 1_762_500_000_000
  expect(isSignatureStale(headers, signedAtMs + 299_000)).toBe(false)
  expect(isSignatureStale(headers, signedAtMs + 301_000)).toBe(true)
})

test('masked headers are told, and headers are copied a line each', () => {
  const masked = { authorization: '[secret]', 'x-plain': 'secret' }
  expect(maskedHeaders(masked)).toEqual(['authorization'])
  expect(headerLines(masked)).toBe('authorization: [secret]\nx-plain: secret')
})
