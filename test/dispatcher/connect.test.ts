import { type LookupAddress, lookup as systemLookup } from 'node:dns'
import { createServer, type Server } from 'node:http'
import net, { type AddressInfo, type Socket } from 'node:net'
import { Agent, request } from 'undici'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { type ConnectorOptions, createConnector } from '../../server/dispatcher/connect.ts'
import { DestinationError } from '../../server/kernel/allowed-lookup.ts'
import type { DestinationPolicy } from '../../server/kernel/destination-policy.ts'
import { silentLogger } from '../../server/kernel/logger.ts'
import { parseNetworks } from '../../server/kernel/network.ts'

type Answer = LookupAddress[] | Error | 'silence'

/** What the name service knows besides the real one: the next answer for every lookup, then the last again. */
const names = new Map<string, { answers: Answer[]; asked: number }>()

const lookup: ConnectorOptions['resolve'] = (name, options, callback) => {
  const known = names.get(name)
  if (!known) return systemLookup(name, options, callback)
  const answer = known.answers[Math.min(known.asked, known.answers.length - 1)]
  known.asked += 1
  if (answer === undefined || answer === 'silence') return
  setImmediate(() => (Array.isArray(answer) ? callback(null, answer) : callback(answer, [])))
}

const loopback: LookupAddress = { address: '127.0.0.1', family: 4 }
const publicV4: LookupAddress = { address: '8.8.8.8', family: 4 }

let canaries: Server[]
let port: number
let connections = 0

beforeAll(async () => {
  const listen = async (host: string, at: number) => {
    const server = createServer((_, response) => response.end('canary'))
    server.on('connection', () => {
      connections += 1
    })
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(at, host, resolve)
    })
    return server
  }
  const canary = await listen('127.0.0.1', 0)
  port = (canary.address() as AddressInfo).port
  // Not every machine has IPv6.
  canaries = [
    canary,
    ...(await listen('::1', port).then(
      (server) => [server],
      () => [],
    )),
  ]
})
afterAll(() => {
  for (const canary of canaries) canary.close()
})

let agents: Agent[]
beforeEach(() => {
  agents = []
  connections = 0
  names.clear()
})
afterEach(async () => {
  vi.restoreAllMocks()
  await Promise.all(agents.map((agent) => agent.destroy()))
})

function connectorFor(
  networks: string,
  connectTimeoutMs = 5000,
  more: Partial<DestinationPolicy> = {},
) {
  return createConnector({
    policy: {
      allowHttp: true,
      allowedNetworks: parseNetworks(networks),
      allowedPorts: [443, port],
      ...more,
    },
    connectTimeoutMs,
    resolve: lookup,
    log: silentLogger,
  })
}

/** The body of the answer, or the error that came instead. */
async function get(url: string, networks = '', connectTimeoutMs?: number): Promise<unknown> {
  const agent = new Agent({ connect: connectorFor(networks, connectTimeoutMs) })
  agents.push(agent)
  try {
    const { body } = await request(url, { dispatcher: agent })
    return await body.text()
  } catch (error) {
    return error
  }
}

const blocked = { name: 'DestinationError', code: 'blocked_address' }

describe('by default', () => {
  test.each([
    '127.0.0.1',
    '127.0.0.1.',
    '127.1',
    '2130706433',
    '0x7f000001',
    '0x7f.0.0.1',
    '0177.0.0.1',
    '%31%32%37.0.0.1',
    '１２７.0.0.1',
    '127。0。0。1',
    '127.0.0.2',
    '0',
    '0.0.0.0',
    '[::1]',
    '[0:0:0:0:0:0:0:1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::127.0.0.1]',
    '[64:ff9b::7f00:1]',
    'localhost',
    'LOCALHOST',
  ])('%s is blocked before anything is sent', async (host) => {
    for (const scheme of ['http', 'https']) {
      const error = await get(`${scheme}://${host}:${port}/`)
      expect(error).toBeInstanceOf(DestinationError)
      expect(error).toMatchObject(blocked)
    }
    expect(connections).toBe(0)
  })

  test.each(['localhost.', 'a.localhost', 'localhost.localdomain'])(
    '%s is blocked wherever it resolves at all',
    async (host) => {
      const error = await get(`http://${host}:${port}/`)
      expect(error).toBeInstanceOf(DestinationError)
      expect(connections).toBe(0)
    },
  )

  // Not what a URL makes of them, but the connector trusts nobody.
  test.each(['127.1', '0x7f.1', '2130706433', '::1%lo', '::ffff:127.0.0.1', '[::1]', 'LocalHost'])(
    'the bare host %s is blocked',
    async (hostname) => {
      const { error } = await connectTo(connectorFor(''), hostname)
      expect(error).toMatchObject(blocked)
      expect(connections).toBe(0)
    },
  )

  test('a name is blocked when any of its addresses is', async () => {
    for (const answer of [
      [loopback],
      [publicV4, loopback],
      [loopback, publicV4],
      [publicV4, { address: '::ffff:10.0.0.1', family: 6 }],
      [publicV4, { address: 'fe80::1%eth0', family: 6 }],
    ]) {
      names.set('mixed.test', { answers: [answer], asked: 0 })
      expect(await get(`http://mixed.test:${port}/`)).toMatchObject(blocked)
    }
    expect(connections).toBe(0)
  })

  test('the error names the address, which is for the log only', async () => {
    names.set('inside.test', { answers: [[loopback]], asked: 0 })
    const error = await get(`http://inside.test:${port}/`)
    expect(String(error)).toContain('127.0.0.1')
  })

  test('a connection that ended up elsewhere all the same is cut', async () => {
    const { connect } = net
    const sockets: Socket[] = []
    vi.spyOn(net, 'connect').mockImplementation(() => {
      const socket = connect({ host: '127.0.0.1', port })
      sockets.push(socket)
      return socket
    })
    const { error } = await connectTo(connectorFor(''), '8.8.8.8')
    expect(error).toMatchObject(blocked)
    expect(sockets.map((socket) => socket.destroyed)).toEqual([true])
  })

  test('the block is told after the caller has gone on', async () => {
    let isTold = false
    connectorFor('')({ hostname: '127.0.0.1', protocol: 'http:', port: String(port) }, () => {
      isTold = true
    })
    expect(isTold).toBe(false)
    await Promise.resolve()
    expect(isTold).toBe(true)
  })
})

describe('whatever was checked when the URL was stored', () => {
  const outcomeOf = async (
    destination: { hostname: string; protocol: string; port: string },
    networks: string,
    more: Partial<DestinationPolicy>,
  ) => {
    const connector = connectorFor(networks, 5000, more)
    return new Promise((resolve) => {
      connector(destination, (error, socket) => {
        socket?.destroy()
        resolve(error ? 'code' in error && error.code : 'connected')
      })
    })
  }

  test('plain HTTP is refused where it is not allowed, also into an allowed network', async () => {
    const destination = { hostname: '127.0.0.1', protocol: 'http:', port: String(port) }
    const outcome = await outcomeOf(destination, '127.0.0.0/8', { allowHttp: false })
    expect([outcome, connections]).toEqual(['blocked_address', 0])
  })

  test('a port that is not allowed is open in an allowed network and nowhere else', async () => {
    const connect = vi.spyOn(net, 'connect')
    const closed = { allowedPorts: [443] }
    const at = (hostname: string) => ({ hostname, protocol: 'http:', port: String(port) })
    names.set('public.test', { answers: [[publicV4]], asked: 0 })
    names.set('inside.test', { answers: [[loopback]], asked: 0 })
    names.set('both.test', { answers: [[loopback, publicV4]], asked: 0 })
    for (const host of ['8.8.8.8', '[2606:4700:4700::1111]', 'public.test', 'both.test'])
      expect(await outcomeOf(at(host), '127.0.0.0/8', closed), host).toBe('blocked_address')
    expect(connections).toBe(0)
    for (const host of ['127.0.0.1', 'inside.test'])
      expect(await outcomeOf(at(host), '127.0.0.0/8', closed), host).toBe('connected')
    // Nothing was begun towards the refused ones either; a name is given up while it is looked up.
    const literals = connect.mock.calls.map(([options]) => (options as { host?: string }).host)
    expect(literals).not.toContain('8.8.8.8')
  })
})

describe('with the network allowed', () => {
  test.each(['127.0.0.1', '127.1', '2130706433', '[::ffff:127.0.0.1]', 'localhost'])(
    '%s is reached',
    async (host) => {
      expect(await get(`http://${host}:${port}/`, '127.0.0.0/8,::1')).toBe('canary')
      expect(connections).toBe(1)
    },
  )

  test('a name is reached at the address that was judged, resolved once for each connection', async () => {
    names.set('hook.test', { answers: [[loopback], [publicV4]], asked: 0 })
    expect(await get(`http://hook.test:${port}/`, '127.0.0.0/8')).toBe('canary')
    expect(names.get('hook.test')?.asked).toBe(1)
  })

  test('a name that changes its address is judged anew', async () => {
    names.set('rebinding.test', {
      answers: [[loopback], [{ address: '10.0.0.1', family: 4 }]],
      asked: 0,
    })
    expect(await get(`http://rebinding.test:${port}/`, '127.0.0.0/8')).toBe('canary')
    expect(await get(`http://rebinding.test:${port}/`, '127.0.0.0/8')).toMatchObject(blocked)
  })

  test('other private networks stay closed', async () => {
    for (const host of ['10.0.0.1', '169.254.169.254', '[fd00::1]']) {
      expect(await get(`http://${host}:${port}/`, '127.0.0.0/8')).toMatchObject(blocked)
    }
  })

  test('what fails for other reasons keeps its error', async () => {
    const refused = net.createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => refused.once('listening', resolve))
    const closedPort = (refused.address() as AddressInfo).port
    await new Promise((resolve) => refused.close(resolve))
    const error = await get(`http://127.0.0.1:${closedPort}/`, '127.0.0.0/8')
    expect(error).toMatchObject({ code: 'ECONNREFUSED' })
    const tls = await get(`https://127.0.0.1:${port}/`, '127.0.0.0/8')
    expect(tls).toBeInstanceOf(Error)
    expect(tls).not.toBeInstanceOf(DestinationError)
  })
})

describe('a name', () => {
  test('that is not known, or has no address, is a dns error', async () => {
    const cause = Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' })
    for (const answer of [cause, []]) {
      names.set('missing.test', { answers: [answer], asked: 0 })
      const error = await get(`http://missing.test:${port}/`)
      expect(error).toBeInstanceOf(DestinationError)
      expect(error).toMatchObject({ code: 'dns', message: 'missing.test was not found' })
      if (answer === cause) expect(error).toMatchObject({ cause })
    }
  })

  test('that takes too long to resolve counts as a connection that takes too long', async () => {
    names.set('slow.test', { answers: ['silence'], asked: 0 })
    const error = await get(`http://slow.test:${port}/`, '', 200)
    expect(error).toMatchObject({ code: 'UND_ERR_CONNECT_TIMEOUT' })
  })
})

function connectTo(
  connector: ReturnType<typeof createConnector>,
  hostname: string,
): Promise<{ error: Error | null }> {
  return new Promise((resolve) => {
    connector({ hostname, protocol: 'http:', port: String(port) }, (error, socket) => {
      socket?.destroy()
      resolve({ error })
    })
  })
}
