import { Code } from '@mantine/core'
import type { System } from '@posthorn/sdk'
import { TriangleAlert } from 'lucide-react'
import { useMessages } from '../messages/use-messages.ts'
import { describeDuration } from '../time/duration.ts'
import { FactList } from '../ui/fact-list.tsx'
import { StatusLabel } from '../ui/status-label.tsx'
import { Section } from './section.tsx'

export function SettingsFacts({ settings }: Pick<System, 'settings'>) {
  const { settings: t } = useMessages().system
  const { retentionDays, roles, allowHttp, allowedNetworks, allowedPorts, retryScheduleSeconds } =
    settings
  const taken = [roles.api && t.roleApi, roles.dispatcher && t.roleDispatcher].filter(Boolean)
  return (
    <Section title={t.title}>
      <FactList
        facts={[
          [t.events, t.days(retentionDays.events)],
          [t.deliveries, t.days(retentionDays.deliveries)],
          [
            t.retries,
            retryScheduleSeconds.map((seconds) => describeDuration(seconds * 1000)).join(', '),
          ],
          [t.disable, describeDuration(settings.disableAfterMs)],
          [t.concurrency, settings.concurrencyMax],
          [t.http, allowHttp ? t.allowed : t.refused],
          [t.ports, allowedPorts.join(', ') || t.noPorts],
          [t.networks, allowedNetworks.join(', ') || t.noNetworks],
          [t.encryption, <Encryption key="encryption" {...settings.encryption} />],
          [t.roles, taken.length > 0 ? t.rolesTaken(taken.join(', ')) : t.rolesNone],
        ]}
      />
    </Section>
  )
}

/** The name of the key is no secret; that there is none is something to look after. */
function Encryption({ keyId }: System['settings']['encryption']) {
  const { settings: t } = useMessages().system
  if (keyId === null) return <StatusLabel icon={TriangleAlert} tone="waiting" label={t.plain} />
  return (
    <>
      {t.encryptedWith} <Code bg="transparent">{keyId}</Code>
    </>
  )
}
