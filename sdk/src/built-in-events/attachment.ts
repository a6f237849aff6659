import { z } from 'zod'
import type { EventDefinitions } from '../event-definitions.ts'
import { changes, count, deletionReason, idOf, text, word } from './fields.ts'

const entity = 'Attachment'

const attachmentFields = {
  fileName: text('Name of the file'),
  mimeType: text('Media type of the file'),
  sizeBytes: count('Size of the file in bytes').nullish(),
  attachedTo: z
    .looseObject({
      entityType: word('Entity type it hangs on', ['Issue', 'Conversation', 'Property']),
      entityId: idOf('that entity'),
    })
    .describe('What the file is attached to'),
  caption: z.string().nullish().describe('What it shows'),
  uploadedBy: idOf('the user who uploaded it').nullish(),
}

const photo = {
  fileName: 'kitchen-ceiling.jpg',
  mimeType: 'image/jpeg',
  sizeBytes: 1_874_220,
  attachedTo: { entityType: 'Issue', entityId: '019a90d5-3e72-7a1b-8c46-f9d0b2e5a738' },
  caption: 'Stain above the sink, about 40 cm wide',
  uploadedBy: '019a8f41-02b7-7d3c-8a95-61c4e8f0d7a2',
}

export const attachmentEvents = {
  AttachmentCreated: {
    entity,
    description: 'A file was attached to something.',
    data: z.looseObject(attachmentFields),
    example: photo,
  },
  AttachmentUpdated: {
    entity,
    description: 'An attachment was renamed, described or moved.',
    data: z.looseObject({ ...attachmentFields, changes }),
    example: { ...photo, changes: { caption: { from: null, to: photo.caption } } },
  },
  AttachmentDeleted: {
    entity,
    description: 'An attachment was deleted, and its file with it.',
    data: z.looseObject({
      fileName: attachmentFields.fileName,
      attachedTo: attachmentFields.attachedTo.nullish(),
      reason: deletionReason,
    }),
    example: {
      fileName: photo.fileName,
      attachedTo: photo.attachedTo,
      reason: 'Showed the neighbour’s flat',
    },
  },
} as const satisfies EventDefinitions
