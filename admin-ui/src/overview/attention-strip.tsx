import { Group, Paper, Skeleton, Stack, Text, Title } from '@mantine/core'
import { CircleCheck } from 'lucide-react'
import { useMessages } from '../messages/use-messages.ts'
import { TextLink } from '../ui/links.tsx'
import { ProblemAlert } from '../ui/problem-alert.tsx'
import { StatusLabel } from '../ui/status-label.tsx'
import classes from './attention.module.css'
import { attentionOf } from './attention.ts'
import { AttentionRow } from './attention-row.tsx'
import type { OverviewSearch } from './search.ts'
import { refetchMs } from './use-figures.ts'
import { useSubscriptions } from './use-subscriptions.ts'

const shownMax = 4

/** What to do first; or that there is nothing. */
export function AttentionStrip({ search }: { search: OverviewSearch }) {
  const t = useMessages().overview
  const { data, error, refetch } = useSubscriptions(refetchMs)
  if (!data) {
    if (error) return <ProblemAlert error={error} onRetry={() => void refetch()} />
    return <Skeleton height={42} aria-busy="true" />
  }
  const items = attentionOf(data.data)
  if (items.length === 0) {
    return data.data.length === 0 ? null : (
      <StatusLabel
        icon={CircleCheck}
        tone="good"
        label={t.allWell(data.data.length, data.nextCursor !== null)}
      />
    )
  }
  return (
    <Paper withBorder className={classes['strip'] ?? ''} component="section" p="sm">
      <Group justify="space-between" mb={4}>
        <Title order={2} size="h5">
          {t.attention(items.length)}
        </Title>
        {items.length > shownMax && (
          <TextLink size="sm" to="/subscriptions">
            {t.moreAttention(items.length - shownMax)}
          </TextLink>
        )}
      </Group>
      <Stack component="ul" gap={0} className={classes['list'] ?? ''}>
        {items.slice(0, shownMax).map((item) => (
          <AttentionRow key={item.subscription.id} item={item} search={search} />
        ))}
      </Stack>
      {data.nextCursor !== null && (
        <Text size="xs" c="dimmed" mt={4}>
          {t.attentionBounded(data.data.length)}
        </Text>
      )}
    </Paper>
  )
}
