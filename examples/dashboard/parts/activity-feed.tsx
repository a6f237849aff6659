import Link from 'next/link'
import type { Activity } from '../activity/read-activity.ts'
import { listUsers } from '../session/viewer.ts'
import { Time } from './time.tsx'

interface Props {
  events: Activity[]
  /** Links each event to its issue. */
  linked?: boolean
}

/** What the dashboard tells its people and what it tells other systems is one and the same: the events. */
export async function ActivityFeed({ events, linked = false }: Props) {
  if (events.length === 0) return <p className="empty">Nothing has happened yet.</p>
  const names = new Map((await listUsers()).map(({ id, name }) => [id, name]))
  return (
    <ol className="feed">
      {events.map((event) => (
        <li key={event.id}>
          <p>
            <strong>{(event.userId && names.get(event.userId)) ?? 'Somebody'}</strong>{' '}
            {event.summary}
          </p>
          <p className="meta">
            <Time at={event.createdAt} />
            <code>{event.eventType}</code>
            {linked && event.entityType === 'Issue' && (
              <Link href={`/issues/${event.entityId}`}>Open issue</Link>
            )}
          </p>
        </li>
      ))}
    </ol>
  )
}
