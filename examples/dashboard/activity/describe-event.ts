import type { BuiltInEvents } from '@posthorn/sdk'

type Sentences = {
  [Name in keyof BuiltInEvents]?: (data: BuiltInEvents[Name]['data']) => string
}

/** What the dashboard's own events say in words. */
const sentences: Sentences = {
  IssueCreated: ({ title }) => `reported “${title}”`,
  IssueStatusChanged: ({ from, to, reason }) =>
    `moved it from ${words(from)} to ${words(to)}${reason ? `: ${reason}` : ''}`,
  IssueVendorAssigned: ({ vendorName, previousVendorId }) =>
    `${previousVendorId ? 'handed it over to' : 'assigned'} ${vendorName ?? 'a vendor'}`,
  IssueNoteAdded: ({ text }) => `noted: ${text}`,
  TenantMovedProperty: ({ name, to }) => `moved ${name ?? 'a tenant'} to ${to?.unit ?? 'no unit'}`,
  DocumentCreated: ({ title, kind }) => `filed the ${words(kind)} “${title}”`,
}

/** An event in words; by its type alone where there are none for it. */
export function describeEvent(eventType: string, data: unknown): string {
  const sentence = sentences[eventType as keyof Sentences] as
    | ((data: unknown) => string)
    | undefined
  return sentence ? sentence(data) : eventType
}

/** `in_progress` as a person says it. */
export function words(name: string): string {
  return name.replaceAll('_', ' ')
}
