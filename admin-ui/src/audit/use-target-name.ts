import type { AuditEntry } from '@posthorn/sdk'
import { useOrganisationNames } from '../filter/use-organisation-names.ts'
import { useSubscriptionNames } from '../filter/use-subscription-names.ts'
import { useAccess } from '../session/session-context.ts'
import { targetNameOf } from './target-name.ts'

/** What the thing of an entry is called: then, or else now, or else by the end of its id. */
export function useTargetName(): (entry: AuditEntry) => string {
  const { session } = useAccess()
  const { names } = useSubscriptionNames()
  const organisationName = useOrganisationNames()
  const nameNow = (kind: string, id: string) => {
    if (kind === 'subscription') return names?.get(id)?.name
    if (kind !== 'organisation') return undefined
    return session.organisation?.id === id ? session.organisation.name : organisationName(id)
  }
  return (entry) =>
    targetNameOf(entry) ?? nameNow(entry.targetKind, entry.targetId) ?? entry.targetId.slice(-8)
}
