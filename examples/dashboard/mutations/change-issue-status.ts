import type { Tx } from '../database/prisma.ts'
import type { Issue } from '../generated/prisma/client.ts'
import type { Context, Emit } from '../graphql/context.ts'
import { lockIssue } from './lock-issue.ts'

interface StatusChange {
  to: string
  reason?: string | null
}

export function changeIssueStatus(
  context: Context,
  { id, ...status }: StatusChange & { id: string },
) {
  return context.change((tx, emit) => setStatus(tx, emit, context, id, status))
}

interface Resolution {
  ids: string[]
  reason?: string | null
}

/** One transaction: if one of them cannot be resolved, none is, and no event of theirs is sent. */
export function resolveIssues(context: Context, { ids, reason = null }: Resolution) {
  return context.change(async (tx, emit) => {
    const issues: Issue[] = []
    // In one order everywhere, so that two of these do not wait for each other.
    for (const id of ids.toSorted()) {
      issues.push(await setStatus(tx, emit, context, id, { to: 'resolved', reason }))
    }
    return issues
  })
}

async function setStatus(
  tx: Tx,
  emit: Emit,
  { viewer }: Context,
  id: string,
  { to, reason = null }: StatusChange,
): Promise<Issue> {
  const before = await lockIssue(tx, viewer.organisationId, id)
  if (before.status === to) return before
  const issue = await tx.issue.update({ where: { id }, data: { status: to } })
  const { title, propertyId, priority } = issue
  await emit({
    eventType: 'IssueStatusChanged',
    entityType: 'Issue',
    entityId: id,
    data: { from: before.status, to, reason, title, propertyId, priority },
  })
  return issue
}
