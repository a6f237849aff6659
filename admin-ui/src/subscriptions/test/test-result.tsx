import { Group, Loader, Paper, Stack, Text, Title } from '@mantine/core'
import type { Attempt, TestResponse } from '@posthorn/sdk'
import { CodeView } from '../../code/code-view.tsx'
import { prettyJson } from '../../code/pretty-json.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { describeDuration } from '../../time/duration.ts'
import { DeliveryStatusLabel } from '../../ui/delivery-status.tsx'
import { TextLink } from '../../ui/links.tsx'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import { useTestResult } from './use-test-result.ts'

/** A test from its sending to its answer. */
export function TestResult({
  sent,
  subscriptionId,
}: {
  sent: TestResponse
  subscriptionId: string
}) {
  const t = useMessages().subscriptionDetail.test
  const { data, error } = useTestResult(sent, subscriptionId)
  return (
    <Paper withBorder p="md" component="section">
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={3} size="h5">
            {t.result}
          </Title>
          <TextLink size="sm" to="/deliveries/$id" params={{ id: sent.deliveryId }}>
            {t.open}
          </TextLink>
        </Group>
        <div role="status">
          {data?.attempt ? (
            <Group gap="md">
              <DeliveryStatusLabel
                status={data.delivery.status}
                attempts={data.delivery.attempts}
              />
              <Text size="sm">{outcomeOf(data.attempt, t)}</Text>
              {data.delivery.status === 'pending' && (
                <Text size="sm" c="dimmed">
                  {t.again}
                </Text>
              )}
            </Group>
          ) : (
            !error && (
              <Group gap="xs">
                <Loader size="xs" aria-hidden />
                <Text size="sm">{t.waiting}</Text>
              </Group>
            )
          )}
        </div>
        {error && <ProblemAlert error={error} />}
        {data?.attempt?.error && (
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {data.attempt.error}
          </Text>
        )}
        {data?.attempt?.response && <Body response={data.attempt.response} />}
      </Stack>
    </Paper>
  )
}

function outcomeOf(
  { response, durationMs }: Attempt,
  t: { answered(code: number, duration: string): string; failed: string },
) {
  return response ? t.answered(response.statusCode, describeDuration(durationMs)) : t.failed
}

function Body({ response }: { response: NonNullable<Attempt['response']> }) {
  const t = useMessages().subscriptionDetail.test
  if (response.body === '' || response.bodyEncoding === 'base64') {
    return (
      <Text size="sm" c="dimmed">
        {response.body === '' && t.noBody}
      </Text>
    )
  }
  const json = response.headers['content-type']?.includes('json') ?? false
  return (
    <CodeView
      text={json ? prettyJson(response.body) : response.body}
      language={json ? 'json' : 'text'}
      label={t.body}
      linesMax={12}
    />
  )
}
