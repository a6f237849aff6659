import { Button, Progress } from '@mantine/core'
import type { QuotaStats } from '@posthorn/sdk'
import { CircleX, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { number } from '../messages/number.ts'
import { useMessages } from '../messages/use-messages.ts'
import { OrganisationDialog } from '../organisations/organisation-dialog.tsx'
import { useAccess, useCan } from '../session/session-context.ts'
import { StatusLabel } from '../ui/status-label.tsx'
import { Panel } from './panel.tsx'
import { type QuotaState, quotaStateOf } from './quota-state.ts'
import { Row, Rows } from './rows.tsx'
import { useQuotaStats } from './use-figures.ts'

const names = ['subscriptions', 'backlog', 'eventsPerSecond'] as const

/** What the organisation may have and uses; the platform's operators change it here. */
export function Quotas({ organisationId }: { organisationId: string }) {
  const t = useMessages().overview.quotas
  const { session } = useAccess()
  const mayChange = useCan()('admin') && session.organisationId === null
  const query = useQuotaStats()
  const [editing, setEditing] = useState(false)
  return (
    <>
      <Panel
        title={t.title}
        query={query}
        empty=""
        more={
          mayChange && (
            <Button size="compact-sm" variant="default" onClick={() => setEditing(true)}>
              {t.change}
            </Button>
          )
        }
      >
        {(stats) => (
          <Rows>
            {names.map((name) => (
              <QuotaRow key={name} name={name} quota={stats[name]} />
            ))}
          </Rows>
        )}
      </Panel>
      {editing && <OrganisationDialog id={organisationId} onClose={() => setEditing(false)} />}
    </>
  )
}

const looks = {
  tight: { icon: TriangleAlert, tone: 'waiting', color: 'yellow' },
  met: { icon: CircleX, tone: 'bad', color: 'red' },
} as const

interface RowProps {
  name: (typeof names)[number]
  quota: QuotaStats['subscriptions']
}

function QuotaRow({ name, quota }: RowProps) {
  const t = useMessages().overview.quotas
  const { used, limit, own, capped } = quota
  const state: QuotaState = quotaStateOf(quota)
  const look = state === 'free' ? undefined : looks[state]
  const figure = `${number(used)}${capped ? '+' : ''}`
  return (
    <Row
      title={
        <>
          {t.names[name]} {look && <StatusLabel {...look} label={t.states[state]} />}
        </>
      }
      note={
        limit > 0 && (
          <Progress
            value={Math.min(100, (used / limit) * 100)}
            size="sm"
            my={6}
            color={look?.color ?? 'accent'}
            aria-label={`${t.names[name]}: ${figure} ${t.of(limit, own)}`}
          />
        )
      }
      more={state === 'met' && t.met[name]}
      figure={figure}
      figureNote={limit > 0 ? t.of(limit, own) : t.unlimited}
    />
  )
}
