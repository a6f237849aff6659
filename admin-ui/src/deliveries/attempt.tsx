import type { Attempt } from '@posthorn/sdk'
import { messages } from '../messages.ts'
import { RelativeTime } from '../ui/relative-time.tsx'
import { StatusBadge } from '../ui/status-badge.tsx'
import { TextBlock } from '../ui/text-block.tsx'

const { attempt: words } = messages

/** One HTTP request and what came back; the newest is open at first. */
export function AttemptEntry({ attempt, open }: { attempt: Attempt; open: boolean }) {
  const { request, response } = attempt
  const outcome = messages.outcomes[attempt.outcome] ?? attempt.outcome
  return (
    <li>
      <details open={open}>
        <summary>
          <span className="attempt-number">{words.number(attempt.number)}</span>
          <StatusBadge
            status={attempt.outcome === 'succeeded' ? 'succeeded' : 'failed'}
            label={response ? `${response.statusCode} ${outcome}` : outcome}
          />
          <span className="hint">
            {words.duration(attempt.durationMs)} · <RelativeTime value={attempt.startedAt} />
          </span>
        </summary>
        {attempt.error && <p className="attempt-error">{attempt.error}</p>}
        <p className="hint">{timing(attempt)}</p>
        <h4>{words.request}</h4>
        <TextBlock
          text={`POST ${request.url}\n${headerLines(request.headers)}`}
          label={words.request}
        />
        <h4>{words.response}</h4>
        {response ? <Response response={response} /> : <p>{words.noResponse}</p>}
      </details>
    </li>
  )
}

function Response({ response }: { response: NonNullable<Attempt['response']> }) {
  const { statusCode, headers, body, bodyEncoding, truncated } = response
  return (
    <>
      <TextBlock text={`${statusCode}\n${headerLines(headers)}`} label={words.response} />
      {bodyEncoding === 'base64' && <p className="hint">{words.base64}</p>}
      {body ? <TextBlock text={body} label={words.body} /> : <p className="hint">{words.noBody}</p>}
      {truncated && <p className="hint">{words.truncated}</p>}
    </>
  )
}

function timing({ trigger, connectMs, firstByteMs }: Attempt): string {
  const parts = [messages.triggers[trigger] ?? trigger]
  parts.push(connectMs === null ? words.reused : words.connected(words.duration(connectMs)))
  if (firstByteMs !== null) parts.push(words.firstByte(words.duration(firstByteMs)))
  return parts.join(' · ')
}

function headerLines(headers: Record<string, string>): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n')
}
