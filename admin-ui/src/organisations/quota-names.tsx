import { Text } from '@mantine/core'
import type { Organisation } from '@posthorn/sdk'
import { number } from '../messages/number.ts'
import { useMessages } from '../messages/use-messages.ts'
import { quotaNames } from './organisation-values.ts'

/** What an organisation was given instead of the defaults, in one line. */
export function QuotaNames({ quotas }: Pick<Organisation, 'quotas'>) {
  const t = useMessages().organisations
  const own = quotaNames.flatMap((name) => {
    const limit = quotas[name]
    if (limit === null) return []
    return [`${limit === 0 ? t.unlimited : number(limit)} ${t.ownQuotas[name]}`]
  })
  const text = own.join(', ') || t.defaultQuotas
  return (
    <Text size="sm" truncate title={text} {...(own.length === 0 && { c: 'dimmed' })}>
      {text}
    </Text>
  )
}
