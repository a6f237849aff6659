import { gzipSync } from 'node:zlib'
import {
  answer,
  dripping,
  endless,
  type Keeper,
  neverAccepting,
  neverReading,
  onRequest,
  plainOverTls,
  raw,
  secured,
  stalling,
} from './enclosure.ts'

/** A receiver that does to a request what no receiver should, and what the log must say of it. */
export interface Animal {
  name: string
  keeper: Keeper
  outcome: string
  /** What the log shows of an answer that counted. */
  statusCode?: number
}

const head = 'HTTP/1.1 200 OK\r\n'
const megabyte = 'x'.repeat(1 << 20)

export const animals: readonly Animal[] = [
  // Silence.
  { name: 'never accepts', keeper: neverAccepting, outcome: 'timeout' },
  { name: 'accepts and never reads', keeper: neverReading, outcome: 'timeout' },
  { name: 'reads and never answers', keeper: answer(''), outcome: 'timeout' },
  { name: 'begins a status line', keeper: answer('HTTP/1.1 2'), outcome: 'timeout' },
  {
    name: 'answers without the body',
    keeper: answer(`${head}content-length: 5\r\n\r\n`),
    outcome: 'timeout',
  },
  // Drops.
  { name: 'drips its headers', keeper: dripping(head), outcome: 'timeout' },
  { name: 'drips headers line by line', keeper: dripping(head, 'x: y\r\n'), outcome: 'timeout' },
  {
    name: 'drips its body',
    keeper: dripping(`${head}content-length: 99999\r\n\r\n`),
    outcome: 'timeout',
  },
  {
    name: 'drips chunks',
    keeper: dripping(`${head}transfer-encoding: chunked\r\n\r\n`, '1\r\nx\r\n'),
    outcome: 'timeout',
  },
  {
    name: 'says 100 Continue for ever',
    keeper: dripping('', 'HTTP/1.1 100 Continue\r\n\r\n'),
    outcome: 'reset',
  },
  {
    name: 'drips early hints',
    keeper: dripping('', 'HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n'),
    outcome: 'timeout',
  },
  // Floods.
  {
    name: 'floods with early hints',
    keeper: endless('', 'HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n'.repeat(500)),
    outcome: 'response_invalid',
  },
  {
    name: 'floods with headers',
    keeper: endless(head, 'x-a: b\r\n'.repeat(1000)),
    outcome: 'response_invalid',
  },
  {
    name: 'has a header of 200 kB',
    keeper: answer(`${head}x-a: ${'b'.repeat(200_000)}\r\n\r\n`),
    outcome: 'response_invalid',
  },
  {
    name: 'floods with its status line',
    keeper: dripping('HTTP/1.1 200 ', 'O'.repeat(65_536)),
    outcome: 'timeout',
  },
  {
    name: 'has a body without end',
    keeper: endless(`${head}\r\n`, megabyte),
    outcome: 'succeeded',
    statusCode: 200,
  },
  {
    name: 'has chunks without end',
    keeper: endless(`${head}transfer-encoding: chunked\r\n\r\n`, `100000\r\n${megabyte}\r\n`),
    outcome: 'succeeded',
    statusCode: 200,
  },
  {
    name: 'has one chunk without end',
    keeper: endless(`${head}transfer-encoding: chunked\r\n\r\nfffffffffff\r\n`, megabyte),
    outcome: 'succeeded',
    statusCode: 200,
  },
  {
    name: 'has a body of a gigabyte',
    keeper: endless(`${head}content-length: 1073741824\r\n\r\n`, megabyte),
    outcome: 'succeeded',
    statusCode: 200,
  },
  {
    name: 'fails with a body without end',
    keeper: endless('HTTP/1.1 500 No\r\n\r\n', megabyte),
    outcome: 'http_status',
    statusCode: 500,
  },
  { name: 'has a bomb of gzip', keeper: answer(bombOf()), outcome: 'succeeded', statusCode: 200 },
  {
    name: 'has trailers without end',
    keeper: endless(`${head}transfer-encoding: chunked\r\n\r\n0\r\n`, 'x-a: b\r\n'.repeat(1000)),
    outcome: 'response_invalid',
  },
  // Breaks.
  {
    name: 'resets at the request',
    keeper: onRequest((socket) => socket.resetAndDestroy()),
    outcome: 'reset',
  },
  {
    name: 'hangs up at the request',
    keeper: onRequest((socket) => socket.end()),
    outcome: 'reset',
  },
  { name: 'hangs up at the connection', keeper: raw((socket) => socket.end()), outcome: 'reset' },
  { name: 'resets in its headers', keeper: answer(`${head}x-a: `, 'reset'), outcome: 'reset' },
  {
    name: 'hangs up in its body',
    keeper: answer(`${head}content-length: 10\r\n\r\nhalf`, 'end'),
    outcome: 'reset',
  },
  {
    name: 'hangs up in a chunk',
    keeper: answer(`${head}transfer-encoding: chunked\r\n\r\n10\r\nhalf`, 'end'),
    outcome: 'reset',
  },
  // What is not HTTP, or two things at once.
  {
    name: 'speaks another protocol',
    keeper: answer('220 mail.example ESMTP\r\n'),
    outcome: 'response_invalid',
  },
  {
    name: 'answers with bytes',
    keeper: answer('\u0000\u0001\u0002\r\n\r\n'),
    outcome: 'response_invalid',
  },
  {
    name: 'speaks HTTP/2',
    keeper: answer('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
    outcome: 'response_invalid',
  },
  {
    name: 'switches protocols',
    keeper: answer('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'),
    outcome: 'reset',
  },
  {
    name: 'has a status of 999',
    keeper: answer('HTTP/1.1 999 Huh\r\nconnection: close\r\ncontent-length: 0\r\n\r\n'),
    outcome: 'http_status',
    statusCode: 999,
  },
  {
    name: 'has a status of 000',
    keeper: answer('HTTP/1.1 000 Huh\r\ncontent-length: 0\r\n\r\n'),
    outcome: 'reset',
  },
  {
    name: 'has a status of four digits',
    keeper: answer('HTTP/1.1 2000 OK\r\n\r\n'),
    outcome: 'response_invalid',
  },
  {
    name: 'has a body with 204',
    keeper: answer('HTTP/1.1 204 No Content\r\ncontent-length: 4\r\n\r\nbody'),
    outcome: 'succeeded',
    statusCode: 204,
  },
  {
    name: 'has two lengths',
    keeper: answer(`${head}content-length: 2\r\ncontent-length: 3\r\n\r\nok!`),
    outcome: 'response_invalid',
  },
  {
    name: 'has a length below zero',
    keeper: answer(`${head}content-length: -1\r\n\r\n`),
    outcome: 'response_invalid',
  },
  {
    name: 'has a length and chunks',
    keeper: answer(`${head}content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`),
    outcome: 'response_invalid',
  },
  {
    name: 'has chunks that are none',
    keeper: answer(`${head}transfer-encoding: chunked\r\n\r\nzz\r\nx\r\n`),
    outcome: 'response_invalid',
  },
  {
    name: 'folds a header',
    keeper: answer(`${head}x-a: b\r\n c\r\ncontent-length: 0\r\n\r\n`),
    outcome: 'response_invalid',
  },
  {
    name: 'answers twice',
    keeper: answer(
      `${head}content-length: 0\r\n\r\nHTTP/1.1 410 Gone\r\ncontent-length: 0\r\n\r\n`,
    ),
    outcome: 'succeeded',
    statusCode: 200,
  },
  // TLS.
  { name: 'has a certificate of its own', keeper: secured('selfSigned'), outcome: 'tls' },
  { name: 'has a certificate that is over', keeper: secured('expired'), outcome: 'tls' },
  { name: 'has a certificate of another', keeper: secured('otherHost'), outcome: 'tls' },
  {
    name: 'speaks TLS 1.1',
    keeper: secured('trusted', {
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    }),
    outcome: 'tls',
  },
  { name: 'stalls in the handshake', keeper: stalling, outcome: 'timeout' },
  { name: 'answers a handshake with HTTP', keeper: plainOverTls, outcome: 'tls' },
  {
    name: 'has a good certificate',
    keeper: secured('trusted'),
    outcome: 'succeeded',
    statusCode: 200,
  },
]

function bombOf(): Buffer {
  const body = gzipSync(Buffer.alloc(64 << 20))
  const lines = `content-encoding: gzip\r\ncontent-length: ${body.length}\r\n\r\n`
  return Buffer.concat([Buffer.from(head + lines), body])
}
