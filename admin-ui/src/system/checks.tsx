import { Stack, Text } from '@mantine/core'
import type { System } from '@posthorn/sdk'
import { CircleCheck, CircleX, TriangleAlert } from 'lucide-react'
import { useMessages } from '../messages/use-messages.ts'
import { StatusLabel } from '../ui/status-label.tsx'
import { Section } from './section.tsx'
import classes from './system.module.css'

const looks = {
  ok: { icon: CircleCheck, tone: 'good' },
  degraded: { icon: TriangleAlert, tone: 'waiting' },
  failed: { icon: CircleX, tone: 'bad' },
} as const

const order = ['failed', 'degraded', 'ok']

/** As `/readyz` answers; what is not well comes first. */
export function Checks({ checks }: Pick<System, 'checks'>) {
  const { checks: t } = useMessages().system
  const sorted = checks.toSorted((a, b) => order.indexOf(a.status) - order.indexOf(b.status))
  return (
    <Section title={t.title}>
      <Stack component="ul" gap="xs" className={classes['list'] ?? ''}>
        {sorted.map(({ name, status, detail }) => (
          <li key={name} className={classes['check']}>
            <StatusLabel {...looks[status]} label={t[status]} />
            <Text size="sm" component="span" ff="monospace">
              {name}
            </Text>
            {detail && (
              <Text size="sm" c="dimmed" className={classes['detail'] ?? ''}>
                {detail}
              </Text>
            )}
          </li>
        ))}
      </Stack>
    </Section>
  )
}
