import { randomUUID } from 'node:crypto'
import type { EmittedEvent, EventsOf, EventToEmit } from '@posthorn/sdk'
import type { builtInEvents } from '@posthorn/sdk/built-in-events'
import { z } from 'zod'
import { prisma, type Tx } from '../database/prisma.ts'
import { getViewer, type Viewer } from '../session/viewer.ts'

type Stamp = { organisationId: string; userId: string; correlationId: string }
type WithoutStamp<Event> = Event extends unknown ? Omit<Event, keyof Stamp> : never
/** What a mutation says of an event. Who did it, for whom and in which request, the context knows. */
type Told = WithoutStamp<EventToEmit<EventsOf<typeof builtInEvents>>>

export type Emit = (event: Told) => Promise<EmittedEvent>

export interface Context {
  viewer: Viewer
  /** Makes changes and emits the events that tell of them in one transaction: both are kept, or neither is. */
  change<Result>(work: (tx: Tx, emit: Emit) => Promise<Result>): Promise<Result>
}

/** Id of the request, which a proxy may have given it already. */
const requestIdOf = z.guid().catch(() => randomUUID())

export async function createContext({ request }: { request: Request }): Promise<Context> {
  const viewer = await getViewer()
  const stamp: Stamp = {
    organisationId: viewer.organisationId,
    userId: viewer.userId,
    correlationId: requestIdOf.parse(request.headers.get('x-request-id')),
  }
  return {
    viewer,
    change: (work) =>
      prisma.$transaction((tx) => work(tx, (event) => tx.$emit({ ...event, ...stamp }))),
  }
}
