import { Text } from '@mantine/core'
import type { AuditEntry } from '@posthorn/sdk'
import { useMessages } from '../messages/use-messages.ts'
import { Actor } from './actor.tsx'
import { TargetLink } from './target-link.tsx'
import { verbOf } from './verb-of.ts'

/** Who did what to what. */
export function Sentence({ entry }: { entry: AuditEntry }) {
  const t = useMessages().audit
  return (
    <Text size="sm" component="div" style={{ overflowWrap: 'anywhere' }}>
      <Actor {...entry} /> {t.verbs[verbOf(entry)] ?? entry.action}{' '}
      <TargetLink entry={entry} inSentence />
    </Text>
  )
}
