import { PosthornApiError, type StreamedAttempt } from '@posthorn/sdk'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { type DeliveryFilterSearch, toDeliveryFilter } from '../filter/delivery-filter.ts'
import { useAccess } from '../session/session-context.ts'
import {
  type DeliveryPages,
  insertRows,
  isShown,
  missingRows,
  patchRows,
  streamFilter,
} from './live-rows.ts'
import { useSeen } from './use-seen.ts'

/** `refused`: this credential hears no stream, so the list is read again and again instead. */
export type LiveState = 'connecting' | 'live' | 'reconnecting' | 'gap' | 'refused'

interface Tail {
  queryKey: readonly unknown[]
  filter: DeliveryFilterSearch
  /** Whether the list is there: what is told before it would have no place. */
  ready: boolean
  /** New rows are held back; those that are there are kept up to date all the same. */
  paused: boolean
}

/** What comes within this time is drawn at once. */
const batchMs = 200
/** Where there is no stream, the list is read again as often. */
const refusedReadMs = 5000
/** More new rows than this are not kept: the list is read again. */
const heldMax = 1000
/** So many rows came on top that the list is better begun anew. */
const firstPageMax = 1000

/** Keeps a list up to date with what the server tells, and holds new rows back while somebody reads. */
export function useLiveTail({ queryKey, filter, ready, paused }: Tail) {
  const { client } = useAccess()
  const queries = useQueryClient()
  const [state, setState] = useState<LiveState>('connecting')
  const [newRows, setNewRows] = useState(0)
  const heard = useRef(new Map<string, StreamedAttempt>())
  const held = useRef(new Map<string, StreamedAttempt>())
  const lastEventId = useRef<string>(undefined)
  const seen = useSeen()
  const key = JSON.stringify(queryKey)

  const readAgain = useEffectEvent(() => {
    held.current.clear()
    setNewRows(0)
    // Only what is newest: reading page after page again would take long.
    queries.setQueryData<DeliveryPages>(
      queryKey,
      (pages) =>
        pages && { pages: pages.pages.slice(0, 1), pageParams: pages.pageParams.slice(0, 1) },
    )
    void queries.invalidateQueries({ queryKey, exact: true })
  })

  const flush = useEffectEvent(() => {
    // An answer that is under way would put the list back to what it was when it was asked for.
    if (queries.isFetching({ queryKey, exact: true }) > 0) {
      setTimeout(() => flush(), batchMs)
      return
    }
    const attempts = heard.current
    heard.current = new Map()
    const before = queries.getQueryData<DeliveryPages>(queryKey)
    if (!before) return
    const patched = patchRows(before, attempts)
    for (const [id, attempt] of attempts) {
      if (isShown(filter, attempt)) held.current.set(id, attempt)
      else held.current.delete(id)
    }
    const missing = missingRows(patched, held.current)
    const shows = !paused && missing.length > 0
    const after = shows ? insertRows(patched, missing) : patched
    if (after !== before) queries.setQueryData(queryKey, after)
    const kept = paused ? missing.slice(0, heldMax + 1) : []
    held.current = new Map(kept.map((attempt) => [attempt.deliveryId, attempt]))
    setNewRows(kept.length)
    if ((after.pages[0]?.data.length ?? 0) > firstPageMax) readAgain()
  })

  const onGap = useEffectEvent(() => {
    if (paused) return setState('gap')
    readAgain()
    setState('live')
  })

  // biome-ignore lint/correctness/useExhaustiveDependencies: another list has another stream
  useEffect(() => {
    lastEventId.current = undefined
    heard.current.clear()
    held.current.clear()
    setNewRows(0)
  }, [key])

  // biome-ignore lint/correctness/useExhaustiveDependencies: another list has another stream
  useEffect(() => {
    if (!ready || !seen) return
    const ended = new AbortController()
    const { signal } = ended
    let timer: ReturnType<typeof setTimeout> | undefined
    const listen = async () => {
      const query = streamFilter(toDeliveryFilter(filter, Date.now()))
      const stream = client.stream(query, {
        signal,
        onDisconnect: () => setState('reconnecting'),
        ...(lastEventId.current !== undefined && { lastEventId: lastEventId.current }),
      })
      for await (const event of stream) {
        if (event.type === 'ready') {
          // What was settled between the list's answer and now was told to nobody.
          if (lastEventId.current === undefined) readAgain()
          setState((now) => (now === 'gap' ? now : 'live'))
        } else if (event.type === 'gap') onGap()
        else {
          heard.current.set(event.attempt.deliveryId, event.attempt)
          timer ??= setTimeout(() => {
            timer = undefined
            flush()
          }, batchMs)
        }
        lastEventId.current = event.id
      }
    }
    setState('connecting')
    listen().catch((error: unknown) => {
      if (!signal.aborted) setState(error instanceof PosthornApiError ? 'refused' : 'reconnecting')
    })
    return () => {
      ended.abort()
      clearTimeout(timer)
    }
  }, [key, ready, seen, client])

  useEffect(() => {
    if (state !== 'refused' || paused) return
    const timer = setInterval(() => readAgain(), refusedReadMs)
    return () => clearInterval(timer)
  }, [state, paused])

  // What was held back comes when nothing holds it any more.
  useEffect(() => {
    if (paused) return
    if (held.current.size > heldMax || state === 'gap') readAgain()
    else if (held.current.size > 0) flush()
    if (state === 'gap') setState('live')
  }, [paused, state])

  return { state, newRows, newRowsMax: heldMax, readAgain }
}
