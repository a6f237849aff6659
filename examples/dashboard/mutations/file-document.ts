import type { Context } from '../graphql/context.ts'
import { notFound } from './not-found.ts'

interface Filing {
  propertyId: string
  title: string
  kind: string
  /** YYYY-MM-DD */
  expiresOn?: string | null
}

export function fileDocument({ viewer, change }: Context, filing: Filing) {
  const { organisationId } = viewer
  const { propertyId, title, kind, expiresOn = null } = filing
  return change(async (tx, emit) => {
    const property = await tx.property.findUnique({ where: { id: propertyId, organisationId } })
    if (!property) return notFound('property', propertyId)
    const document = await tx.document.create({
      data: {
        organisationId,
        propertyId,
        title,
        kind,
        expiresOn: expiresOn === null ? null : new Date(expiresOn),
      },
    })
    await emit({
      eventType: 'DocumentCreated',
      entityType: 'Document',
      entityId: document.id,
      data: { title, kind, propertyId, expiresOn },
    })
    return document
  })
}
