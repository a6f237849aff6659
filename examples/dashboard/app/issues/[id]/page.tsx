import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { z } from 'zod'
import { readActivity } from '../../../activity/read-activity.ts'
import { prisma } from '../../../database/prisma.ts'
import { ActivityFeed } from '../../../parts/activity-feed.tsx'
import { PriorityTag, StatusTag } from '../../../parts/tags.tsx'
import { Time } from '../../../parts/time.tsx'
import { getViewer } from '../../../session/viewer.ts'
import { IssueForms } from './issue-forms.tsx'

interface Segments {
  params: Promise<{ id: string }>
}

/** Once per request, however often it is asked for. */
const readIssue = cache(async (id: string) => {
  const { organisationId } = await getViewer()
  if (!z.guid().safeParse(id).success) notFound()
  const issue = await prisma.issue.findUnique({
    where: { id, organisationId },
    include: { property: true, vendor: true },
  })
  return issue ?? notFound()
})

export async function generateMetadata({ params }: Segments): Promise<Metadata> {
  const { title } = await readIssue((await params).id)
  return { title }
}

export default async function Page({ params }: Segments) {
  const { id } = await params
  const issue = await readIssue(id)
  const { organisationId, property, vendor } = issue
  const [vendors, events] = await Promise.all([
    prisma.vendor.findMany({ where: { organisationId }, orderBy: { name: 'asc' } }),
    readActivity({ organisationId, entityId: id }),
  ])
  return (
    <>
      <p className="crumbs">
        <Link href="/issues">Issues</Link>
      </p>
      <h1>{issue.title}</h1>
      <div className="columns">
        <div>
          <section className="card" aria-label="Details">
            <dl>
              <dt>Status</dt>
              <dd>
                <StatusTag status={issue.status} />
              </dd>
              <dt>Priority</dt>
              <dd>
                <PriorityTag priority={issue.priority} />
              </dd>
              <dt>Property</dt>
              <dd>
                {property.name}, {property.street}, {property.city}
              </dd>
              <dt>Vendor</dt>
              <dd>{vendor ? `${vendor.name} (${vendor.trade})` : 'nobody yet'}</dd>
              <dt>Reported</dt>
              <dd>
                <Time at={issue.reportedAt} />
              </dd>
            </dl>
            <p>{issue.description}</p>
          </section>
          <IssueForms issue={issue} vendors={vendors} />
        </div>
        <section className="card" aria-labelledby="activity">
          <h2 id="activity">Activity</h2>
          <ActivityFeed events={events} />
        </section>
      </div>
    </>
  )
}
