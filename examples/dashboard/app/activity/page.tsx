import type { Metadata } from 'next'
import Link from 'next/link'
import { z } from 'zod'
import { readActivity } from '../../activity/read-activity.ts'
import { ActivityFeed } from '../../parts/activity-feed.tsx'
import { getViewer } from '../../session/viewer.ts'

export const metadata: Metadata = { title: 'Activity' }

const limit = 30
const query = z.object({ before: z.guid().optional().catch(undefined) })

interface Props {
  searchParams: Promise<Record<string, unknown>>
}

export default async function Page({ searchParams }: Props) {
  const { organisationId, organisationName } = await getViewer()
  const { before } = query.parse(await searchParams)
  const page = { organisationId, limit, ...(before !== undefined && { before }) }
  const events = await readActivity(page)
  const last = events.at(-1)
  return (
    <>
      <h1>Activity</h1>
      <p className="lead">
        Everything that happened at {organisationName}, from the table that webhooks are sent from.
      </p>
      <section className="card" aria-label="Events">
        <ActivityFeed events={events} linked />
        {last && events.length === limit && <Link href={`/activity?before=${last.id}`}>Older</Link>}
      </section>
    </>
  )
}
