import { Alert, Button, Group } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { EventType } from '@posthorn/sdk'
import { getRouteApi } from '@tanstack/react-router'
import { Ban, Plus } from 'lucide-react'
import { useMessages } from '../messages/use-messages.ts'
import { useCan } from '../session/session-context.ts'
import { ButtonLink } from '../ui/button-link.tsx'
import { LoadingPage } from '../ui/loading-page.tsx'
import { Page } from '../ui/page.tsx'
import { ProblemAlert } from '../ui/problem-alert.tsx'
import { DeprecateButton } from './deprecate-button.tsx'
import { EventTypeDialog } from './event-type-dialog.tsx'
import { EventTypeExample } from './event-type-example.tsx'
import { EventTypeFacts } from './event-type-facts.tsx'
import { EventTypeSchema } from './event-type-schema.tsx'
import { Subscribers } from './subscribers.tsx'
import { useEventType } from './use-event-type.ts'
import { useMayEdit } from './use-may-edit.ts'

const route = getRouteApi('/catalogue/$name')

export function EventTypePage() {
  const { name } = route.useParams()
  const { data, error, refetch } = useEventType(name)
  if (data) return <TypeView {...data} />
  if (!error) return <LoadingPage />
  return (
    <Page title={name}>
      <ProblemAlert error={error} onRetry={() => void refetch()} />
    </Page>
  )
}

interface Props {
  type: EventType
  schema: string | undefined
  example: string | undefined
}

function TypeView({ type, schema, example }: Props) {
  const t = useMessages().catalogue
  const can = useCan()
  const mayEdit = useMayEdit()
  const [editing, edit] = useDisclosure()
  const { name, description, deprecated } = type
  return (
    <Page
      title={name}
      description={description}
      actions={
        <Group gap="xs">
          {mayEdit && (
            <>
              <Button variant="default" onClick={edit.open}>
                {t.edit}
              </Button>
              {!deprecated && <DeprecateButton name={name} />}
            </>
          )}
          {can('subscriptions:write') && (
            <ButtonLink
              leftSection={<Plus size={16} aria-hidden />}
              to="/subscriptions/new"
              search={{ eventType: name }}
            >
              {t.subscribe}
            </ButtonLink>
          )}
        </Group>
      }
    >
      {deprecated && (
        <Alert color="gray" icon={<Ban />} title={t.deprecated}>
          {t.deprecatedText}
        </Alert>
      )}
      <EventTypeFacts type={type} />
      <EventTypeSchema type={type} json={schema} />
      <EventTypeExample json={example} />
      {can('subscriptions:read') && <Subscribers eventType={name} />}
      <EventTypeDialog
        type={type}
        schema={schema}
        example={example}
        opened={editing}
        onClose={edit.close}
      />
    </Page>
  )
}
