import type { AuditEntry } from '@posthorn/sdk'

/** The action, told apart where one stands for several things that people do. */
export function verbOf({ action, before, after }: Pick<AuditEntry, 'action' | 'before' | 'after'>) {
  if (action !== 'organisation.updated' || after?.['quotas'] === undefined) return action
  const isNamed = after['name'] !== undefined && after['name'] !== before?.['name']
  return isNamed ? action : 'organisation.quotas_changed'
}
