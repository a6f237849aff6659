import type { Context } from '../graphql/context.ts'
import { lockIssue } from './lock-issue.ts'
import { notFound } from './not-found.ts'

export function assignVendor(
  { viewer, change }: Context,
  { id, vendorId }: { id: string; vendorId: string },
) {
  const { organisationId } = viewer
  return change(async (tx, emit) => {
    const vendor = await tx.vendor.findUnique({ where: { id: vendorId, organisationId } })
    if (!vendor) return notFound('vendor', vendorId)
    const before = await lockIssue(tx, organisationId, id)
    if (before.vendorId === vendorId) return before
    const issue = await tx.issue.update({ where: { id }, data: { vendorId } })
    await emit({
      eventType: 'IssueVendorAssigned',
      entityType: 'Issue',
      entityId: id,
      data: {
        title: issue.title,
        propertyId: issue.propertyId,
        vendorId,
        vendorName: vendor.name,
        previousVendorId: before.vendorId,
      },
    })
    return issue
  })
}
