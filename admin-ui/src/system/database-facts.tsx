import type { System } from '@posthorn/sdk'
import { useMessages } from '../messages/use-messages.ts'
import { describeBytes } from '../ui/describe-bytes.ts'
import { Facts } from './facts.tsx'
import { Section } from './section.tsx'

export function DatabaseFacts({ database }: Pick<System, 'database'>) {
  const { database: t } = useMessages().system
  const { version, embedded, bytes, connections, connectionsMax } = database
  return (
    <Section title={t.title}>
      <Facts
        facts={[
          [t.version, embedded ? `${version}, ${t.embedded}` : version],
          [t.size, describeBytes(bytes)],
          [t.connections, t.of(connections, connectionsMax)],
        ]}
      />
    </Section>
  )
}
