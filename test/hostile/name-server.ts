import { createSocket } from 'node:dgram'
import { once } from 'node:events'

/** What a question for a name gets: addresses, a code of failure, another name, or nothing. */
export interface NameAnswer {
  addresses?: readonly string[]
  /** 2 is SERVFAIL, 3 is NXDOMAIN. */
  code?: number
  alias?: string
  isSilent?: boolean
}

export interface NameServer {
  /** Ready for `setServers`. */
  address: string
  close(): Promise<void>
}

const types = { A: 1, CNAME: 5, AAAA: 28 }

/** A name server over UDP on 127.0.0.1. */
export async function openNameServer(answerTo: (name: string) => NameAnswer): Promise<NameServer> {
  const socket = createSocket('udp4')
  socket.on('message', (question, from) => {
    const { name, type, end } = readQuestion(question)
    const { isSilent, ...answer } = answerTo(name)
    if (isSilent) return
    const reply = encode(question.subarray(0, end), type, answer)
    socket.send(reply, from.port, from.address)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return {
    address: `127.0.0.1:${socket.address().port}`,
    async close() {
      await once(socket.close(), 'close')
    },
  }
}

function readQuestion(message: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = []
  let at = 12
  for (let length = message[at] ?? 0; length > 0; length = message[at] ?? 0) {
    labels.push(message.toString('latin1', at + 1, at + 1 + length))
    at += length + 1
  }
  return { name: labels.join('.').toLowerCase(), type: message.readUInt16BE(at + 1), end: at + 5 }
}

function encode(question: Buffer, type: number, answer: NameAnswer): Buffer {
  const family = type === types.AAAA ? 6 : 4
  const records = (answer.addresses ?? [])
    .filter((address) => address.includes(':') === (family === 6))
    .map((address) => record(type, bytesOf(address)))
  if (answer.alias) records.push(record(types.CNAME, nameOf(answer.alias)))
  const head = Buffer.from(question)
  // A response, with recursion; one question, so many answers, nothing else.
  head.writeUInt16BE(0x8180 | (answer.code ?? 0), 2)
  head.writeUInt16BE(records.length, 6)
  head.writeUInt32BE(0, 8)
  return Buffer.concat([head, ...records])
}

/** Of the name in the question. */
function record(type: number, data: Buffer): Buffer {
  const head = Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 0, 0, 0])
  head.writeUInt16BE(data.length, 10)
  return Buffer.concat([head, data])
}

function nameOf(name: string): Buffer {
  const labels = name.split('.').map((label) => Buffer.from([label.length, ...Buffer.from(label)]))
  return Buffer.concat([...labels, Buffer.from([0])])
}

/** IPv6 only in full, eight words. */
function bytesOf(address: string): Buffer {
  if (!address.includes(':')) return Buffer.from(address.split('.').map(Number))
  return Buffer.from(
    address
      .split(':')
      .map((word) => word.padStart(4, '0'))
      .join(''),
    'hex',
  )
}
