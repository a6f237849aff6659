import { Box, Code, Group, Stack, Tabs, Text, Title } from '@mantine/core'
import type { Attempt } from '@posthorn/sdk'
import { CircleCheck, CircleX } from 'lucide-react'
import { useState } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import { describeDuration } from '../time/duration.ts'
import { Time } from '../time/time.tsx'
import { StatusLabel } from '../ui/status-label.tsx'
import classes from './attempt-panel.module.css'
import { explainAttempt } from './explain-attempt.ts'
import { PhaseBar } from './phase-bar.tsx'
import { RequestTab } from './request-tab.tsx'
import { ResponseTab } from './response-tab.tsx'
import { SignatureTab } from './signature-tab.tsx'

interface Props {
  attempt: Attempt
  before: Attempt | undefined
  /** Null when its event is no longer kept. */
  requestBody: string | null
  order: 2 | 3
}

type Tab = 'request' | 'response' | 'signature'

/** One attempt: how it ended and why, where its time went, and every byte of it. */
export function AttemptPanel({ attempt, before, requestBody, order }: Props) {
  const t = useMessages()
  const texts = t.delivery.attempt
  // Stays from one attempt to the next; until a tab was chosen, the one that tells most.
  const [tab, setTab] = useState<Tab>()
  const { outcome, response } = attempt
  const good = outcome === 'succeeded'
  const word = t.outcomes[outcome] ?? outcome
  const said = response && !word.includes(String(response.statusCode))
  return (
    <Stack component="section" gap="md" miw={0}>
      <Stack gap="xs">
        <Group gap="xs" className={classes['head']}>
          <Title order={order} size="h5">
            {t.delivery.timeline.attempt(attempt.number)}
          </Title>
          <StatusLabel
            icon={good ? CircleCheck : CircleX}
            tone={good ? 'good' : 'bad'}
            label={said ? `${response.statusCode} ${word}` : word}
          />
          <Text size="sm" c="dimmed" component="span">
            <Time value={attempt.startedAt} /> · {describeDuration(attempt.durationMs)}
          </Text>
        </Group>
        <Explanation attempt={attempt} />
      </Stack>
      <PhaseBar attempt={attempt} />
      <Tabs
        value={tab ?? (response && !good ? 'response' : 'request')}
        onChange={(value) => setTab((value as Tab | null) ?? undefined)}
        keepMounted={false}
      >
        <Tabs.List>
          {tabsOf(attempt).map((name) => (
            <Tabs.Tab key={name} value={name}>
              {texts.tabs[name]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="request" pt="sm">
          <RequestTab request={attempt.request} body={requestBody} />
        </Tabs.Panel>
        <Tabs.Panel value="response" pt="sm">
          <ResponseTab response={response} before={before} />
        </Tabs.Panel>
        <Tabs.Panel value="signature" pt="sm">
          <SignatureTab headers={attempt.request?.headers ?? {}} body={requestBody} />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  )
}

/** Of what was pulled there is the body, and neither an answer nor a signature. */
function tabsOf({ request }: Attempt): readonly Tab[] {
  return request === null ? ['request'] : ['request', 'response', 'signature']
}

function Explanation({ attempt }: { attempt: Attempt }) {
  const good = attempt.outcome === 'succeeded'
  const { what, next } = explainAttempt(attempt, useMessages().explanations)
  return (
    <Box className={`${classes['why']} ${classes[good ? 'good' : 'bad']}`}>
      <Text size="sm" fw={550}>
        {what}
      </Text>
      {!good && <Text size="sm">{next}</Text>}
      {attempt.error && (
        <Code bg="transparent" p={0} c="dimmed">
          {attempt.error}
        </Code>
      )}
    </Box>
  )
}
