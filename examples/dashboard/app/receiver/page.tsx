import type { Metadata } from 'next'
import { prisma } from '../../database/prisma.ts'
import { Time } from '../../parts/time.tsx'
import { getViewer } from '../../session/viewer.ts'

export const metadata: Metadata = { title: 'Receiver' }

export default async function Page() {
  const { organisationId } = await getViewer()
  const webhooks = await prisma.receivedWebhook.findMany({
    where: { organisationId },
    orderBy: { receivedAt: 'desc' },
    take: 20,
  })
  return (
    <>
      <h1>Receiver</h1>
      <p className="lead">
        This dashboard is an integrator, too: these webhooks came in at{' '}
        <code>/api/demo-receiver</code>, and their signatures were verified.
      </p>
      {webhooks.length === 0 ? (
        <p className="empty">None yet. Change the status of an issue, and one will be here.</p>
      ) : (
        <ul className="webhooks">
          {webhooks.map(({ id, eventType, receivedAt, body }) => (
            <li key={id} className="card">
              <details>
                <summary>
                  <code>{eventType}</code> <Time at={receivedAt} />
                </summary>
                <pre>{body}</pre>
              </details>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
