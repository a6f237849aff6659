import type { Tx } from '../database/prisma.ts'
import type { Issue } from '../generated/prisma/client.ts'
import { notFound } from './not-found.ts'

/** The issue, which nobody else changes until the transaction ends: what its event says of "before" is then true. */
export async function lockIssue(tx: Tx, organisationId: string, id: string): Promise<Issue> {
  await tx.$executeRaw`SELECT FROM issues WHERE id = ${id}::uuid FOR UPDATE`
  const issue = await tx.issue.findUnique({ where: { id, organisationId } })
  return issue ?? notFound('issue', id)
}
