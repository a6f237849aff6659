import { z } from 'zod'
import type { EventDefinitions } from '../event-definitions.ts'
import { count, idOf, time, word } from './fields.ts'

const entity = 'Conversation'

const channel = word('How people talk in it', ['email', 'sms', 'whatsapp', 'portal', 'phone'])

const participant = z.looseObject({
  role: word('Part the person plays', ['tenant', 'vendor', 'staff', 'owner', 'assistant']),
  id: idOf('the person, where the dashboard knows them').nullish(),
  name: z.string().nullish().describe('Name as shown in the conversation'),
})

const about = {
  propertyId: idOf('the property it is about').nullish(),
  issueId: idOf('the issue it is about').nullish(),
}

const tenant = {
  role: 'tenant',
  id: '019a8f41-02b7-7d3c-8a95-61c4e8f0d7a2',
  name: 'Amara Okafor',
}
const staff = { role: 'staff', id: '019a7c22-e81f-7c09-b5d4-93a7f2e60c18', name: 'Marta Lindqvist' }
const aboutTheLeak = {
  propertyId: '019a8f3e-6c1d-7b52-9e04-3d5a7f1c2b60',
  issueId: '019a90d5-3e72-7a1b-8c46-f9d0b2e5a738',
}

export const conversationEvents = {
  ConversationStarted: {
    entity,
    description: 'A conversation was opened.',
    data: z.looseObject({
      channel,
      participants: z.array(participant).describe('Who takes part'),
      subject: z.string().nullish().describe('What it is about, in a line'),
      ...about,
    }),
    example: {
      channel: 'whatsapp',
      participants: [tenant, staff],
      subject: 'Water in the kitchen',
      ...aboutTheLeak,
    },
  },
  ConversationMessageReceived: {
    entity,
    description: 'A message came in. Messages that staff send out do not raise it.',
    data: z.looseObject({
      messageId: idOf('the message'),
      channel,
      from: participant.describe('Who wrote it'),
      text: z.string().describe('The message; empty when it is only attachments'),
      receivedAt: time('When it came in'),
      attachmentIds: z.array(idOf('an attachment')).optional().describe('Files that came with it'),
      ...about,
    }),
    example: {
      messageId: '019a90e1-7f05-7b64-a2d8-14c9e3f7b056',
      channel: 'whatsapp',
      from: tenant,
      text: 'It is dripping faster now. Can someone come today?',
      receivedAt: '2026-03-09T08:15:40Z',
      attachmentIds: ['019a90e1-8a3c-7c70-9e15-2fb6d4a8c371'],
      ...aboutTheLeak,
    },
  },
  ConversationResolved: {
    entity,
    description: 'A conversation was marked as done.',
    data: z.looseObject({
      channel,
      resolvedBy: participant.nullish().describe('Who marked it; null when nobody did by hand'),
      resolution: z.string().nullish().describe('How it ended'),
      messageCount: count('Messages in it, both ways').nullish(),
      durationSeconds: count('From the first message to the resolution').nullish(),
      ...about,
    }),
    example: {
      channel: 'whatsapp',
      resolvedBy: staff,
      resolution: 'Plumber repaired the hose in 4B; tenant confirmed that it is dry',
      messageCount: 9,
      durationSeconds: 27_930,
      ...aboutTheLeak,
    },
  },
} as const satisfies EventDefinitions
