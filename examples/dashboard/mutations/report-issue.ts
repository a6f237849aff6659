import type { Context } from '../graphql/context.ts'
import { notFound } from './not-found.ts'

interface Report {
  propertyId: string
  title: string
  description: string
  priority: string
}

export function reportIssue({ viewer, change }: Context, report: Report) {
  const { organisationId } = viewer
  return change(async (tx, emit) => {
    const { propertyId } = report
    const property = await tx.property.findUnique({ where: { id: propertyId, organisationId } })
    if (!property) return notFound('property', propertyId)
    const issue = await tx.issue.create({ data: { ...report, organisationId } })
    const { status, reportedAt } = issue
    await emit({
      eventType: 'IssueCreated',
      entityType: 'Issue',
      entityId: issue.id,
      data: { ...report, status, reportedAt: reportedAt.toISOString() },
    })
    return issue
  })
}
