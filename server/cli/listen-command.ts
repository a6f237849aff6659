import { createSecretKey } from 'node:crypto'
import type { PosthornClient } from '@posthorn/sdk'
import { Command, InvalidArgumentError } from 'commander'
import { systemClock } from '../kernel/clock.ts'
import { newId } from '../kernel/ids.ts'
import { testSource } from '../publishing/index.ts'
import { compileMatcher, isSecret, newSecret, secretKey } from '../subscriptions/index.ts'
import { commaList } from './comma-list.ts'
import { addConnectionOptions, type ConnectionFlags, connect } from './connection.ts'
import { followEvents } from './follow-events.ts'
import { forwardEvent } from './forward-event.ts'
import type { Io } from './io.ts'
import { jsonReport, textReport } from './listen-report.ts'

interface ListenFlags extends ConnectionFlags {
  url?: string
  events?: string[]
  entity?: string[]
  entityId?: string
  filter?: unknown
  secret?: string
  printJson?: true
  json?: true
}

export function listenCommand(io: Io): Command {
  const command = new Command('listen')
    .description('forward events to a URL of this machine, as signed webhooks, while developing')
    .option('--url <url>', 'where to, such as http://localhost:3000/hooks', localUrl)
  return addConnectionOptions(command)
    .option('--events <patterns>', 'event types, such as IssueCreated,Property*', commaList)
    .option('--entity <types>', 'entity types, such as Issue,Document', commaList)
    .option('--entity-id <id>', 'one entity')
    .option('--filter <json>', "the filter of a subscription, on the event's data", filterOf)
    .option('--secret <whsec>', 'sign with this one (POSTHORN_WEBHOOK_SECRET); else a new one')
    .option('--print-json', 'print what is sent as well')
    .option('--json', 'print a line of JSON for each thing that happens')
    .addHelpText('after', notes)
    .action(async (flags: ListenFlags, command: Command) => {
      // Asked for here: commander would complain of it before it suggests what --ulr was meant to be.
      const { url } = flags
      if (url === undefined) command.error('Where to? Use --url http://localhost:3000/hooks.')
      const secret = flags.secret ?? (io.env['POSTHORN_WEBHOOK_SECRET'] || newSecret())
      if (!isSecret(secret))
        command.error('The secret is none. Use whsec_ and the base64 of 24 to 64 bytes.')
      // It tries again by itself, and says so.
      const client = connect(io, flags, { retries: 0 })
      const { organisationId, serverTime } = await client.session()
      const listenedTo = organisationId ?? flags.organisation
      if (listenedTo === undefined)
        command.error('Whose events? A key of the platform needs --organisation <id>.')
      await listen(io, client, { ...flags, url, secret, organisation: listenedTo, serverTime })
    })
}

const notes = `
Nothing is registered, and no public address is needed: events are read from the API as they are recorded, and signed
here. What is not answered with success is printed, and not tried again.`

interface Listening extends ListenFlags {
  url: string
  secret: string
  organisation: string
  serverTime: string
}

async function listen(io: Io, client: PosthornClient, listening: Listening): Promise<void> {
  const { url, secret, organisation } = listening
  const { signal } = io
  const clock = systemClock
  const report = listening.json
    ? jsonReport(listening.printJson === true)
    : textReport({
        isColoured: io.isColoured === true,
        withBodies: listening.printJson === true,
        now: () => new Date(clock.now()),
      })
  const { matches } = compileMatcher({
    id: newId(),
    organisationId: organisation,
    entityTypes: listening.entity ?? null,
    eventTypes: listening.events ?? null,
    entityIds: listening.entityId === undefined ? null : [listening.entityId.toLowerCase()],
    filter: listening.filter ?? null,
  })
  const target = { url, key: createSecretKey(secretKey(secret)), clock, signal }
  for await (const followed of followEvents({
    client,
    filter: {
      entityType: listening.entity,
      eventType: listening.events,
      entityId: listening.entityId,
    },
    clock,
    clockAheadMs: Date.parse(listening.serverTime) - clock.now(),
    signal,
  })) {
    if (followed.type === 'ready') {
      io.out(report.ready({ organisationId: organisation, url, secret }))
    } else if (followed.type === 'disconnected') {
      ;(listening.json ? io.out : io.err)(report.disconnected(followed.error))
    } else {
      const { event } = followed
      // A test goes to one subscription, whatever the others ask for.
      if (event.source === testSource || !matches({ ...event, data: () => event.data })) continue
      const forwarded = await forwardEvent(event, target)
      if (!signal.aborted) io.out(report.forwarded(event, forwarded))
    }
  }
}

function localUrl(text: string): string {
  if (/^https?:$/.test(URL.parse(text)?.protocol ?? '')) return text
  throw new InvalidArgumentError('Use a URL such as http://localhost:3000/hooks.')
}

function filterOf(text: string): unknown {
  try {
    const filter: unknown = JSON.parse(text)
    compileMatcher({ ...everything, filter })
    return filter
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message)
  }
}

const everything = {
  id: '',
  organisationId: null,
  entityTypes: null,
  eventTypes: null,
  entityIds: null,
}
