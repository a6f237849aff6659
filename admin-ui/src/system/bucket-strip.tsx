import { Group, Text } from '@mantine/core'
import { useMessages } from '../messages/use-messages.ts'
import { describeBuckets } from './bucket-ranges.ts'
import classes from './system.module.css'

const cells = Array.from({ length: 64 }, (_, bucket) => bucket)

/** Which of the 64 buckets of work are owned. */
export function BucketStrip({ buckets }: { buckets: readonly number[] }) {
  const t = useMessages().system.dispatchers
  const owned = new Set(buckets)
  const text = owned.size === 0 ? t.noBuckets : t.buckets(describeBuckets(buckets))
  return (
    <Group gap="xs" wrap="nowrap">
      <span role="img" aria-label={text} title={text} className={classes['strip']}>
        {cells.map((bucket) => (
          <span key={bucket} data-owned={owned.has(bucket) || undefined} />
        ))}
      </span>
      <Text size="xs" c="dimmed" className={classes['number'] ?? ''}>
        {t.owned(owned.size)}
      </Text>
    </Group>
  )
}
