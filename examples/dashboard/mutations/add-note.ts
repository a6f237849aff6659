import type { Context } from '../graphql/context.ts'
import { lockIssue } from './lock-issue.ts'

export function addNote({ viewer, change }: Context, { id, text }: { id: string; text: string }) {
  const { organisationId, userId, name } = viewer
  return change(async (tx, emit) => {
    const issue = await lockIssue(tx, organisationId, id)
    const note = await tx.note.create({
      data: { organisationId, issueId: id, authorId: userId, text },
    })
    const { title, propertyId } = issue
    await emit({
      eventType: 'IssueNoteAdded',
      entityType: 'Issue',
      entityId: id,
      data: { title, propertyId, noteId: note.id, text, authorName: name },
    })
    return issue
  })
}
