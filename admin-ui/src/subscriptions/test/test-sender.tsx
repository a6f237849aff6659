import { Alert, Button, Group, Input, Select, Stack } from '@mantine/core'
import type { Subscription, TestResponse } from '@posthorn/sdk'
import { useMutation } from '@tanstack/react-query'
import { Send } from 'lucide-react'
import { useState } from 'react'
import { CodeView } from '../../code/code-view.tsx'
import { useEventTypes } from '../../filter/use-event-types.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { useAccess } from '../../session/session-context.ts'
import { LoadingPage } from '../../ui/loading-page.tsx'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import { isHeard } from '../event-patterns.ts'
import { TestResult } from './test-result.tsx'

/** Chooses an example of the catalogue, sends it, and follows what becomes of it. */
export function TestSender({ subscription }: { subscription: Subscription }) {
  const t = useMessages().subscriptionDetail.test
  const { client, organisationId } = useAccess()
  const { data: types } = useEventTypes()
  const [chosen, setChosen] = useState<string | null>(null)
  const owner = subscription.organisationId ?? organisationId
  const {
    mutate,
    data: sent,
    error,
    isPending,
  } = useMutation<TestResponse, Error, string>({
    mutationFn: (eventType) =>
      client.subscriptions.test(subscription.id, {
        eventType,
        ...(owner !== null && { organisationId: owner }),
      }),
  })
  if (!types) return <LoadingPage />
  const { entityTypes, eventTypes } = subscription
  const heard = types.filter(
    ({ name, entityType, example, deprecated }) =>
      example !== null &&
      !deprecated &&
      (entityTypes === null || entityTypes.includes(entityType)) &&
      isHeard(eventTypes, name),
  )
  const type = heard.find(({ name }) => name === chosen) ?? heard[0]
  if (!type) return <Alert variant="light">{t.noExamples}</Alert>
  const blocked =
    subscription.status !== 'active' ? t.notActive : owner === null && t.chooseOrganisation
  return (
    <Stack gap="md">
      <Group align="flex-end" gap="xs">
        <Select
          label={t.eventType}
          data={heard.map(({ name }) => name)}
          value={type.name}
          onChange={setChosen}
          searchable
          allowDeselect={false}
          limit={100}
          w={{ base: '100%', xs: '20rem' }}
        />
        <Button
          leftSection={<Send size={15} />}
          loading={isPending}
          disabled={Boolean(blocked)}
          onClick={() => mutate(type.name)}
        >
          {sent ? t.sendAgain : t.send}
        </Button>
      </Group>
      {blocked && <Alert variant="light">{blocked}</Alert>}
      {error && <ProblemAlert error={error} />}
      {sent && <TestResult key={sent.deliveryId} sent={sent} subscriptionId={subscription.id} />}
      <Input.Wrapper label={t.example} labelElement="div">
        <CodeView
          text={JSON.stringify(type.example, null, 2)}
          language="json"
          label={`${t.example}: ${type.name}`}
          linesMax={16}
        />
      </Input.Wrapper>
    </Stack>
  )
}
