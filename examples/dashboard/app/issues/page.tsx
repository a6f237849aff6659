import type { Metadata } from 'next'
import Link from 'next/link'
import { prisma } from '../../database/prisma.ts'
import { MutationForm } from '../../parts/mutation-form.tsx'
import { Options } from '../../parts/options.tsx'
import { PriorityTag, StatusTag } from '../../parts/tags.tsx'
import { Time } from '../../parts/time.tsx'
import { getViewer } from '../../session/viewer.ts'

export const metadata: Metadata = { title: 'Issues' }

const resolve = /* GraphQL */ `
  mutation ($ids: [UUID!]!, $reason: String) { resolveIssues(ids: $ids, reason: $reason) { id } }
`
const report = /* GraphQL */ `
  mutation ($propertyId: UUID!, $title: String!, $description: String!, $priority: IssuePriority!) {
    reportIssue(propertyId: $propertyId, title: $title, description: $description, priority: $priority) { id }
  }
`

export default async function Page() {
  const { organisationId } = await getViewer()
  const [issues, properties] = await Promise.all([
    prisma.issue.findMany({
      where: { organisationId },
      include: { property: true, vendor: true },
      orderBy: { reportedAt: 'desc' },
    }),
    prisma.property.findMany({ where: { organisationId }, orderBy: { name: 'asc' } }),
  ])
  return (
    <>
      <h1>Issues</h1>
      <MutationForm mutation={resolve} lists={['ids']} submit="Resolve selected" className="list">
        <div className="scroll">
          <table>
            <thead>
              <tr>
                <th scope="col">
                  <span className="visually-hidden">Select</span>
                </th>
                <th scope="col">Issue</th>
                <th scope="col">Status</th>
                <th scope="col">Priority</th>
                <th scope="col">Property</th>
                <th scope="col">Vendor</th>
                <th scope="col">Reported</th>
              </tr>
            </thead>
            <tbody>
              {issues.map((issue) => (
                <tr key={issue.id}>
                  <td>
                    <input
                      type="checkbox"
                      name="ids"
                      value={issue.id}
                      aria-label={`Select ${issue.title}`}
                    />
                  </td>
                  <td>
                    <Link href={`/issues/${issue.id}`}>{issue.title}</Link>
                  </td>
                  <td>
                    <StatusTag status={issue.status} />
                  </td>
                  <td>
                    <PriorityTag priority={issue.priority} />
                  </td>
                  <td>{issue.property.name}</td>
                  <td>{issue.vendor?.name ?? <span className="none">nobody yet</span>}</td>
                  <td>
                    <Time at={issue.reportedAt} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </MutationForm>

      <section className="card" aria-labelledby="report">
        <h2 id="report">Report an issue</h2>
        <MutationForm mutation={report} submit="Report" className="fields">
          <label className="wide">
            What is wrong
            <input name="title" required maxLength={200} />
          </label>
          <label>
            Property
            <select name="propertyId">
              <Options of={properties} />
            </select>
          </label>
          <label>
            Priority
            <select name="priority" defaultValue="normal">
              <option>low</option>
              <option>normal</option>
              <option>high</option>
              <option>urgent</option>
            </select>
          </label>
          <label className="wide">
            In full
            <textarea name="description" required rows={3} />
          </label>
        </MutationForm>
      </section>
    </>
  )
}
