import { notifications } from '@mantine/notifications'
import type { Attempt, DeliveryDetail } from '@posthorn/sdk'
import { useLinkProps } from '@tanstack/react-router'
import { useMessages } from '../messages/use-messages.ts'
import { useEmbedding } from '../session/embedding.ts'
import { describeDuration } from '../time/duration.ts'
import { useNow } from '../time/use-now.ts'
import { copyText } from '../ui/copy-text.ts'
import { asCurl } from './as-curl.ts'
import { asFetch } from './as-fetch.ts'
import { headerLines, isSignatureStale, maskedHeaders } from './recorded-request.ts'

type Copied = 'curl' | 'fetch' | 'body' | 'headers' | 'link' | 'id'

/** What can be copied of a delivery and an attempt of it; what there is not is undefined. */
export function useCopies(
  { id, requestBody }: DeliveryDetail,
  attempt: Attempt | undefined,
): Record<Copied, (() => Promise<void>) | undefined> {
  const t = useMessages().delivery.copying
  const nowMs = useNow()
  // In a host's own document the address is the host's.
  const isHosted = useEmbedding()?.root !== undefined
  const { href } = useLinkProps({ to: '/deliveries/$id', params: { id } })

  const copy = async (what: Copied, text: string, notes: (string | false)[] = []) => {
    const copied = await copyText(text)
    const title = copied ? t.done(t[what]) : t.failed
    const message = copied ? notes.filter(Boolean).join(' ') : ''
    notifications.show({ title, message, color: copied ? 'teal' : 'red' })
  }
  const request = attempt?.request
  const whole = request && requestBody !== null && { ...request, body: requestBody }
  const notes = request ? warnings(request.headers) : []
  return {
    curl: whole ? () => copy('curl', asCurl(whole), notes) : undefined,
    fetch: whole ? () => copy('fetch', asFetch(whole), notes) : undefined,
    body: requestBody === null ? undefined : () => copy('body', requestBody),
    headers: request
      ? () => copy('headers', headerLines(request.headers), notes.slice(1))
      : undefined,
    link: isHosted ? undefined : () => copy('link', new URL(href ?? '', location.href).href),
    id: () => copy('id', id),
  }

  function warnings(headers: Readonly<Record<string, string>>): (string | false)[] {
    const ageMs = nowMs - Number(headers['webhook-timestamp']) * 1000
    const masked = maskedHeaders(headers)
    return [
      isSignatureStale(headers, nowMs) && t.stale(describeDuration(ageMs)),
      masked.length > 0 && t.masked(masked.join(', ')),
    ]
  }
}
