import { z } from 'zod'
import type { EventDefinitions } from '../event-definitions.ts'
import { changes, count, day, deletionReason, idOf, text, word } from './fields.ts'

const entity = 'Document'

const documentFields = {
  title: text('What the document is called'),
  kind: word('Kind of document', [
    'lease',
    'insurance',
    'safety_certificate',
    'invoice',
    'inspection',
  ]),
  propertyId: idOf('the property it concerns').nullish(),
  tenantId: idOf('the tenant it concerns').nullish(),
  issueId: idOf('the issue it concerns').nullish(),
  fileName: z.string().nullish().describe('Name of the file'),
  mimeType: z.string().nullish().describe('Media type of the file'),
  sizeBytes: count('Size of the file in bytes').nullish(),
  issuedOn: day('Day it was issued').nullish(),
  expiresOn: day('Last day it is valid; null when it does not expire').nullish(),
}

const certificate = {
  title: 'Gas safety certificate 2025',
  kind: 'safety_certificate',
  propertyId: '019a8f3e-6c1d-7b52-9e04-3d5a7f1c2b60',
  tenantId: null,
  issueId: null,
  fileName: 'gas-safety-lindenhof-2025.pdf',
  mimeType: 'application/pdf',
  sizeBytes: 284_113,
  issuedOn: '2025-04-02',
  expiresOn: '2026-04-01',
}

export const documentEvents = {
  DocumentCreated: {
    entity,
    description: 'A document was filed.',
    data: z.looseObject(documentFields),
    example: certificate,
  },
  DocumentUpdated: {
    entity,
    description: 'Fields of a document changed, or its file was replaced.',
    data: z.looseObject({ ...documentFields, changes }),
    example: {
      ...certificate,
      changes: { expiresOn: { from: '2026-03-31', to: '2026-04-01' } },
    },
  },
  DocumentDeleted: {
    entity,
    description: 'A document was deleted. Its last known title and kind are included.',
    data: z.looseObject({
      title: documentFields.title,
      kind: documentFields.kind.optional(),
      propertyId: documentFields.propertyId,
      reason: deletionReason,
    }),
    example: {
      title: certificate.title,
      kind: certificate.kind,
      propertyId: certificate.propertyId,
      reason: 'Replaced by the certificate of 2026',
    },
  },
  DocumentExpiring: {
    entity,
    description: 'A document is about to expire, or has expired today.',
    data: z.looseObject({
      title: documentFields.title,
      kind: documentFields.kind,
      expiresOn: day('Last day it is valid'),
      daysLeft: count('Days until then; 0 on the last day'),
      propertyId: documentFields.propertyId,
      tenantId: documentFields.tenantId,
    }),
    example: {
      title: certificate.title,
      kind: certificate.kind,
      expiresOn: certificate.expiresOn,
      daysLeft: 30,
      propertyId: certificate.propertyId,
      tenantId: null,
    },
  },
} as const satisfies EventDefinitions
