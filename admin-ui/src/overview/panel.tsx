import { Box, Group, Paper, Skeleton, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { ProblemAlert } from '../ui/problem-alert.tsx'

interface Query<Answer> {
  data: Answer | undefined
  error: unknown
  refetch: () => unknown
}

interface Props<Answer> {
  title: string
  query: Query<Answer>
  /** What there is to show; undefined for nothing. */
  children: (answer: Answer) => ReactNode
  /** Said when there is nothing. */
  empty: string
  /** To the page that shows all. */
  more?: ReactNode
}

/** A part of the overview: it loads, fails and is empty by itself. */
export function Panel<Answer>({ title, query, children, empty, more }: Props<Answer>) {
  return (
    <Paper withBorder p="md" component="section" miw={0}>
      <Stack gap="sm" h="100%">
        <Group justify="space-between" gap="xs">
          <Title order={2} size="h5">
            {title}
          </Title>
          {more}
        </Group>
        <PanelContent query={query} empty={empty}>
          {children}
        </PanelContent>
      </Stack>
    </Paper>
  )
}

function PanelContent<Answer>({
  query,
  children,
  empty,
}: Pick<Props<Answer>, 'query' | 'children' | 'empty'>) {
  if (query.data !== undefined) {
    return (
      children(query.data) ?? (
        <Text size="sm" c="dimmed">
          {empty}
        </Text>
      )
    )
  }
  if (query.error) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
  return (
    <Box aria-busy="true">
      <Skeleton height={16} mb="xs" />
      <Skeleton height={16} mb="xs" />
      <Skeleton height={16} width="60%" />
    </Box>
  )
}
