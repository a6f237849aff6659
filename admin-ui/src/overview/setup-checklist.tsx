import { Group, Paper, Stack, Tabs, Text, Title } from '@mantine/core'
import { Circle, CircleCheck } from 'lucide-react'
import type { ReactNode } from 'react'
import { curlSnippet, nodeSnippet } from '../deliveries/emit-snippets.ts'
import { useMessages } from '../messages/use-messages.ts'
import { useAccess, useCan } from '../session/session-context.ts'
import { TextLink } from '../ui/links.tsx'
import { Snippet } from '../ui/snippet.tsx'
import classes from './setup-checklist.module.css'
import type { SetupSteps } from './use-setup.ts'

/** From nothing to the first delivery; what is there is ticked off. */
export function SetupChecklist({ steps }: { steps: SetupSteps }) {
  const t = useMessages().overview.setup
  const can = useCan()
  return (
    <Paper withBorder p="lg" maw="52rem">
      <Title order={2} size="h4">
        {t.title}
      </Title>
      <Text c="dimmed" size="sm" mb="md">
        {t.text}
      </Text>
      <Stack component="ol" gap="md" className={classes['steps'] ?? ''}>
        <Step done={steps.key} title={t.key} text={t.keyText}>
          {can('admin') && (
            <TextLink size="sm" to="/keys">
              {t.toKeys}
            </TextLink>
          )}
        </Step>
        <Step done={steps.event} title={t.event} text={t.eventText}>
          <EventSnippets />
        </Step>
        <Step done={steps.subscription} title={t.subscription} text={t.subscriptionText}>
          {can('subscriptions:write') && (
            <TextLink size="sm" to="/subscriptions/new">
              {t.toSubscription}
            </TextLink>
          )}
        </Step>
        <Step done={steps.delivery} title={t.delivery} text={t.deliveryText}>
          {!steps.delivery && (
            <Text size="sm" role="status">
              {t.waiting}
            </Text>
          )}
        </Step>
      </Stack>
    </Paper>
  )
}

function Step({
  done,
  title,
  text,
  children,
}: {
  done: boolean
  title: string
  text: string
  children: ReactNode
}) {
  const t = useMessages().overview.setup
  const Icon = done ? CircleCheck : Circle
  return (
    <li>
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <Icon
          size={20}
          className={classes[done ? 'done' : 'open']}
          role="img"
          aria-label={done ? t.done : t.open}
        />
        <Stack gap={4} miw={0} flex={1}>
          <Text fw={600} size="sm">
            {title}
          </Text>
          <Text size="sm" c="dimmed">
            {text}
          </Text>
          {!done && children}
        </Stack>
      </Group>
    </li>
  )
}

function EventSnippets() {
  const t = useMessages().overview.setup
  const { url, organisationId } = useAccess()
  return (
    <Tabs defaultValue="curl">
      <Tabs.List>
        <Tabs.Tab value="curl">{t.curl}</Tabs.Tab>
        <Tabs.Tab value="node">{t.node}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="curl" pt="xs">
        <Snippet text={curlSnippet(url, organisationId)} label={t.curl} />
      </Tabs.Panel>
      <Tabs.Panel value="node" pt="xs">
        <Snippet text={nodeSnippet(url, organisationId)} label={t.node} />
      </Tabs.Panel>
    </Tabs>
  )
}
