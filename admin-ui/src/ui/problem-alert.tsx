import { Alert, Button, Stack, Text } from '@mantine/core'
import { TriangleAlert } from 'lucide-react'
import { useMessages } from '../messages/use-messages.ts'
import { describeProblem } from './describe-problem.ts'

/** What failed, the request to ask about, and another try. */
export function ProblemAlert({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const t = useMessages().common
  const { title, detail, requestId } = describeProblem(error, t)
  return (
    <Alert color="red" icon={<TriangleAlert />} title={title} role="alert" variant="light">
      <Stack gap="xs" align="flex-start">
        {detail && <Text size="sm">{detail}</Text>}
        {requestId && (
          <Text size="xs" ff="monospace">
            {t.requestId(requestId)}
          </Text>
        )}
        {onRetry && (
          <Button size="xs" variant="default" onClick={onRetry}>
            {t.retry}
          </Button>
        )}
      </Stack>
    </Alert>
  )
}
