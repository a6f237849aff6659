import type { System } from '@posthorn/sdk'
import { useMessages } from '../messages/use-messages.ts'
import { describeBytes } from '../ui/describe-bytes.ts'
import { FactList } from '../ui/fact-list.tsx'
import { Section } from './section.tsx'

export function DatabaseFacts({ database }: Pick<System, 'database'>) {
  const { database: t } = useMessages().system
  const { version, embedded, bytes, connections, connectionsMax } = database
  return (
    <Section title={t.title}>
      <FactList
        facts={[
          [t.version, embedded ? `${version}, ${t.embedded}` : version],
          [t.size, describeBytes(bytes)],
          [t.connections, t.of(connections, connectionsMax)],
        ]}
      />
    </Section>
  )
}
