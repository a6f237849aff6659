// Posthorn in two minutes: a real server, an integrator with three endpoints (one works, one stumbles, one is down),
// a dashboard that posts some 400 events. With --once it ends by itself and fails if anything is missing.
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { type BuiltInEvents, createPosthornClient, type EventToEmit } from '@posthorn/sdk'
import { exampleEvent, exampleEvents, githubEvents, githubEventType } from './corpus.ts'
import { type Endpoint, endpoints } from './endpoints.ts'
import { type Balance, Ledger } from './ledger.ts'
import { heading, say, table } from './print.ts'
import { type Receiver, startReceiver } from './receiver.ts'
import { type RunningServer, startServer } from './server.ts'

const once = process.argv.includes('--once')
const waitMaxMs = 60_000

const interrupted = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => interrupted.abort(new Error(`${signal}: stopped before the end`)))
}

type Client = ReturnType<typeof createPosthornClient>

async function main(): Promise<void> {
  heading('Start')
  const server = await startServer()
  say('server', `${server.url}, with a PostgreSQL of its own`)
  const receiver = await startReceiver()
  say('receiver', `${receiver.url}/good /flaky /down`)
  try {
    await story(server, receiver)
  } finally {
    await receiver.close()
    await server.stop()
    say('server', 'stopped, its data removed')
  }
}

async function story(server: RunningServer, receiver: Receiver): Promise<void> {
  const organisationId = randomUUID()
  const platform = createPosthornClient({ url: server.url, apiKey: server.apiKey, organisationId })
  // The same client, but the compiler knows the events.
  const typed = createPosthornClient<BuiltInEvents>({
    url: server.url,
    apiKey: server.apiKey,
    organisationId,
  })
  const builtIn = (await platform.eventTypes.list()).data
  await platform.eventTypes.put(githubEventType.name, githubEventType.input)
  say('dashboard', `${builtIn.length} event types are built in; registered ${githubEventType.name}`)

  heading('An integrator subscribes')
  const { apiKey } = await platform.apiKeys.create({
    name: 'integrator',
    organisationId,
    scopes: ['subscriptions:write', 'subscriptions:read', 'deliveries:read', 'deliveries:replay'],
  })
  say('dashboard', `gave organisation ${organisationId} the key ${apiKey.slice(0, 15)}…`)
  const integrator = createPosthornClient({ url: server.url, apiKey })
  await platform.organisations.put(organisationId, { name: 'Acme Property Management' })
  const subscriptionIds = new Map<Endpoint, string>()
  for (const endpoint of endpoints) {
    const { name, settings } = endpoint
    const subscription = await integrator.subscriptions.create({
      ...settings,
      url: `${receiver.url}/${name}`,
      signing: 'hmac',
    })
    receiver.setSecret(name, subscription.secret)
    subscriptionIds.set(endpoint, subscription.id)
    say('integrator', `/${name}: ${settings.description}`)
  }

  heading('The dashboard posts')
  const ledger = new Ledger()
  const corpus = [...githubEvents(), ...exampleEvents(builtIn, 3)]
  const startedAtMs = performance.now()
  await postAll(platform, corpus, ledger)
  const postedMs = performance.now() - startedAtMs
  say('dashboard', `${corpus.length} events with emitMany in ${Math.round(postedMs)} ms`)
  const issue: EventToEmit<BuiltInEvents> = {
    eventType: 'IssueStatusChanged',
    entityType: 'Issue',
    entityId: randomUUID(),
    data: { from: 'open', to: 'resolved', reason: 'Zażółć gęślą jaźń 🛠️' },
  }
  for (let count = 0; count < 10; count++) {
    ledger.record((await typed.emit(issue)).id, issue)
  }
  say('dashboard', `10 more with emit, one by one: ${ledger.size} in all`)

  heading('Deliveries')
  const working = endpoints.filter(({ name }) => name !== 'down')
  const down = endpoints.find(({ name }) => name === 'down') as Endpoint
  await watch(
    () => working.map((endpoint) => progress(endpoint, ledger, receiver)).join('   '),
    () => working.every((endpoint) => isComplete(endpoint, ledger, receiver)),
  )
  const deliveredMs = performance.now() - startedAtMs
  say('receiver', `/flaky stumbled ${receiver.inboxes.flaky.failed} times; each was tried again`)

  heading('/down is down')
  const downId = subscriptionIds.get(down) as string
  const failedIds = await waitForFailed(integrator, downId, ledger.expectedAt(down))
  const [first] = failedIds
  if (first) {
    const attempts = (await integrator.deliveries.attempts(first)).data
    const answers = attempts.map((attempt) => attempt.response?.statusCode ?? attempt.outcome)
    say('integrator', `one of them: ${attempts.length} attempts, answered ${answers.join(', ')}`)
  }
  receiver.bringUp()
  say('receiver', '/down is up again', 'green')
  const replay = await integrator.replays.create({ filter: { subscriptionId: [downId] } })
  say('integrator', `asked for what failed there again: replay ${replay.id}`)
  await watch(
    () => progress(down, ledger, receiver),
    () => isComplete(down, ledger, receiver),
  )

  const balances = endpoints.map((endpoint) => ledger.balance(endpoint, receiver))
  const complaints = [
    ...balances.flatMap((balance) => balance.complaints),
    ...(await disagreements(integrator, subscriptionIds, ledger)),
  ]

  heading('A forger tries')
  const status = await forge(`${receiver.url}/good`)
  say('receiver', `answered ${status}${status === 400 ? ': the signature does not verify' : ''}`)
  if (status !== 400) complaints.push('/good took a forged request')

  heading('Summary')
  printTable(balances, receiver, failedIds.length)
  const inTime = working.reduce((sum, endpoint) => sum + ledger.expectedAt(endpoint), 0)
  say(
    'posted',
    `${ledger.size} events; ${inTime} deliveries to /good and /flaky, retries included,`,
  )
  say(
    '',
    `in ${(deliveredMs / 1000).toFixed(1)} s: ${Math.round((inTime / deliveredMs) * 1000)} per second`,
  )
  for (const complaint of complaints) say('missing', complaint, 'red')
  if (complaints.length === 0)
    say('result', 'every delivery arrived, verified and unchanged', 'green')
  else process.exitCode = 1

  const examples = builtIn.flatMap((type) => exampleEvent(type) ?? [])
  const address = `${server.url}/admin/?organisationId=${organisationId}#token=${server.apiKey}`
  if (!once) await stayUp(platform, examples, receiver, address)
}

async function postAll(client: Client, events: EventToEmit[], ledger: Ledger): Promise<void> {
  const results = await client.emitMany(events)
  for (const { index, event, status, problem } of results) {
    const posted = events[index]
    if (!event || !posted)
      throw new Error(`Event ${index} was ${status}: ${JSON.stringify(problem)}`)
    ledger.record(event.id, posted)
  }
}

function isComplete(endpoint: Endpoint, ledger: Ledger, receiver: Receiver): boolean {
  return receiver.inboxes[endpoint.name].taken.size >= ledger.expectedAt(endpoint)
}

function progress(endpoint: Endpoint, ledger: Ledger, receiver: Receiver): string {
  const { taken, failed } = receiver.inboxes[endpoint.name]
  const stumbled = failed > 0 ? ` (${failed} failed attempts)` : ''
  return `/${endpoint.name} ${taken.size} of ${ledger.expectedAt(endpoint)}${stumbled}`
}

/** Prints what changes until it is done. Giving up is no error here: the summary says what is missing. */
async function watch(describe: () => string, isDone: () => boolean): Promise<void> {
  const deadline = Date.now() + waitMaxMs
  for (let shown = ''; ; await sleep(250, undefined, { signal: interrupted.signal })) {
    const text = describe()
    if (text !== shown) say('receiver', text)
    shown = text
    if (isDone() || Date.now() > deadline) return
  }
}

async function waitForFailed(
  client: Client,
  subscriptionId: string,
  expected: number,
): Promise<string[]> {
  const deadline = Date.now() + waitMaxMs
  for (let shown = -1; ; await sleep(500, undefined, { signal: interrupted.signal })) {
    const failed = await Array.fromAsync(
      client.deliveries.iterate({ subscriptionId, status: 'failed', limit: 250 }),
    )
    if (failed.length !== shown)
      say('integrator', `${failed.length} of ${expected} deliveries were given up`)
    shown = failed.length
    if (shown >= expected || Date.now() > deadline) return failed.map(({ id }) => id)
  }
}

/** Sends what anybody could send who knows the URL, but not the secret. @returns the status of the answer */
async function forge(url: string): Promise<number> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'webhook-id': randomUUID(),
      'webhook-timestamp': String(Math.floor(Date.now() / 1000)),
      'webhook-signature': 'v1,bm90IHNpZ25lZA==',
    },
    body: JSON.stringify({ id: randomUUID(), type: 'IssueDeleted', data: {} }),
  })
  return response.status
}

function printTable(balances: Balance[], receiver: Receiver, replayed: number): void {
  table(
    ['endpoint', 'expected', 'arrived', 'verified', 'unchanged', 'requests', 'retries', 'replayed'],
    balances.map(({ name, expected, arrived, unchanged }) => {
      const { failed, taken, requests } = receiver.inboxes[name]
      const replays = name === 'down' ? replayed : 0
      // Only what verified is taken; the attempt that is followed by a replay is followed by no retry.
      return [
        `/${name}`,
        expected,
        arrived,
        taken.size,
        unchanged,
        requests,
        failed - replays,
        replays,
      ]
    }),
  )
}

/** Whether the delivery log says the same as the receiver. @returns where it does not */
async function disagreements(
  client: Client,
  subscriptionIds: Map<Endpoint, string>,
  ledger: Ledger,
): Promise<string[]> {
  const found: string[] = []
  for (const [endpoint, subscriptionId] of subscriptionIds) {
    const expected = ledger.expectedAt(endpoint)
    const deadline = Date.now() + 5000
    let succeeded = -1
    // The log may be a moment behind the answer that it records.
    while (succeeded !== expected && Date.now() < deadline) {
      const query = { subscriptionId, status: 'succeeded', limit: 250 } as const
      succeeded = (await Array.fromAsync(client.deliveries.iterate(query))).length
      if (succeeded !== expected) await sleep(250)
    }
    if (succeeded !== expected) {
      found.push(`/${endpoint.name}: the log has ${succeeded} successes of ${expected}`)
    }
  }
  return found
}

/** Something to look at: events come, some stumble, and one endpoint is down again. */
async function stayUp(
  client: Client,
  examples: EventToEmit[],
  receiver: Receiver,
  address: string,
): Promise<void> {
  heading('Live until Ctrl-C')
  receiver.takeDown()
  say('receiver', '/down is down again: the console shows what fails, why, and replays it', 'red')
  say('dashboard', 'posts an event every half second')
  say('console', address, 'cyan')
  for (let count = 0; !interrupted.signal.aborted; count++) {
    const event = examples[count % examples.length]
    if (!event) return
    await client.emit({ ...event, entityId: randomUUID() })
    await sleep(500, undefined, { signal: interrupted.signal }).catch(() => {})
  }
}

main().catch((error: unknown) => {
  const told = interrupted.signal.aborted ? interrupted.signal.reason : error
  say('demo', told instanceof Error ? told.message : String(told), 'red')
  process.exitCode = 1
})
