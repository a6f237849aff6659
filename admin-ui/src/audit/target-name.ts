import type { AuditEntry } from '@posthorn/sdk'

type Target = Pick<AuditEntry, 'targetKind' | 'targetId' | 'before' | 'after'>

/** These are known by what their id says. */
const namedByIds = ['event_type', 'import', 'triggers', 'encryption']

/** What people call it, in this order. */
const namingFacts = ['name', 'description', 'subject', 'url', 'prefix']

/** What the thing was called when it happened; undefined where the entry does not say. */
export function targetNameOf({ targetKind, targetId, before, after }: Target): string | undefined {
  if (namedByIds.includes(targetKind)) return targetId
  for (const facts of [after, before]) {
    for (const name of namingFacts) {
      const value = facts?.[name]
      if (typeof value === 'string' && value !== '') return value
    }
  }
  return undefined
}
