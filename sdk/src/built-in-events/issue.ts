import { z } from 'zod'
import type { EventDefinitions } from '../event-definitions.ts'
import { amount, changes, currency, deletionReason, idOf, text, time, word } from './fields.ts'

const entity = 'Issue'
const propertyId = '019a8f3e-6c1d-7b52-9e04-3d5a7f1c2b60'
const tenantId = '019a8f41-02b7-7d3c-8a95-61c4e8f0d7a2'
const vendorId = '019a8f47-9d10-7e6f-b3c8-52f7a90e4d13'

const status = (description: string) =>
  word(description, ['open', 'in_progress', 'waiting', 'resolved', 'closed'])

/** The issue as it is after the event; every event names these. */
const issueFields = {
  title: text('One line, as shown in lists'),
  status: status('Where the issue stands'),
  priority: word('How urgent it is', ['low', 'normal', 'high', 'urgent']),
  propertyId: idOf('the property the issue is in'),
  description: z.string().nullish().describe('What was reported, in full'),
  category: word('Trade that deals with it', [
    'plumbing',
    'heating',
    'electrical',
    'access',
  ]).nullish(),
  unit: z.string().nullish().describe('Flat or unit within the property'),
  tenantId: idOf('the tenant who is affected').nullish(),
  vendorId: idOf('the vendor who works on it').nullish(),
  reportedAt: time('When it was reported').nullish(),
  dueAt: time('When it should be done').nullish(),
  cost: amount('Estimated or actual cost').nullish(),
  currency: currency.nullish(),
}

const leak = {
  title: 'Water dripping from the kitchen ceiling',
  status: 'open',
  priority: 'urgent',
  propertyId,
  description: 'Started last night, about a cup an hour. The flat above is empty this week.',
  category: 'plumbing',
  unit: '3B',
  tenantId,
  vendorId: null,
  reportedAt: '2026-03-09T07:42:11Z',
  dueAt: '2026-03-09T18:00:00Z',
  cost: null,
  currency: 'EUR',
}

const named = { title: issueFields.title, propertyId: issueFields.propertyId }
const leakNamed = { title: leak.title, propertyId }

export const issueEvents = {
  IssueCreated: {
    entity,
    description: 'An issue was reported.',
    data: z.looseObject(issueFields),
    example: leak,
  },
  IssueUpdated: {
    entity,
    description: 'Fields of an issue changed. A change of status also has an event of its own.',
    data: z.looseObject({ ...issueFields, changes }),
    example: {
      ...leak,
      dueAt: '2026-03-10T12:00:00Z',
      changes: {
        priority: { from: 'high', to: 'urgent' },
        dueAt: { from: '2026-03-09T18:00:00Z', to: '2026-03-10T12:00:00Z' },
      },
    },
  },
  IssueStatusChanged: {
    entity,
    description: 'An issue moved from one status to another.',
    data: z.looseObject({
      from: status('Status before'),
      to: status('Status now'),
      reason: z.string().nullish().describe('Why, as the person who changed it put it'),
      title: issueFields.title.optional(),
      propertyId: issueFields.propertyId.optional(),
      priority: issueFields.priority.optional(),
    }),
    example: {
      from: 'in_progress',
      to: 'resolved',
      reason: 'Seal of the washing machine hose in 4B replaced',
      ...leakNamed,
      priority: 'urgent',
    },
  },
  IssueDeleted: {
    entity,
    description: 'An issue was deleted. Its last known title and property are included.',
    data: z.looseObject({ ...named, reason: deletionReason }),
    example: { ...leakNamed, reason: 'Reported twice' },
  },
  IssueVendorAssigned: {
    entity,
    description: 'A vendor was given the issue, or took it over from another.',
    data: z.looseObject({
      ...named,
      vendorId: idOf('the vendor who works on it now'),
      vendorName: text('Name of that vendor').nullish(),
      previousVendorId: idOf('the vendor before; null when there was none').nullish(),
      scheduledFor: time('When the vendor is expected').nullish(),
    }),
    example: {
      ...leakNamed,
      vendorId,
      vendorName: 'Aqua Plumbing & Heating',
      previousVendorId: null,
      scheduledFor: '2026-03-09T10:30:00+01:00',
    },
  },
  IssueNoteAdded: {
    entity,
    description: 'Someone wrote a note on an issue.',
    data: z.looseObject({
      ...named,
      noteId: idOf('the note'),
      text: text('The note itself'),
      authorName: text('Who wrote it').nullish(),
      visibility: word('Who may read it', ['internal', 'tenant', 'vendor']).nullish(),
    }),
    example: {
      ...leakNamed,
      noteId: '019a9102-44aa-7f08-9d51-7be2c3f6a810',
      text: 'Tenant is at home until noon; the key of 4B is with the caretaker.',
      authorName: 'Marta Lindqvist',
      visibility: 'vendor',
    },
  },
} as const satisfies EventDefinitions
