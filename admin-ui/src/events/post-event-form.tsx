import { Button, Group, Input, Select, Stack, Text, TextInput } from '@mantine/core'
import { PosthornApiError } from '@posthorn/sdk'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { CodeEditor } from '../code/code-editor.tsx'
import { parseExactObject } from '../code/exact-json.ts'
import { useEventTypes } from '../filter/use-event-types.ts'
import { useMessages } from '../messages/use-messages.ts'
import { useAccess } from '../session/session-context.ts'
import { IssueList } from '../ui/issue-list.tsx'
import { ProblemAlert } from '../ui/problem-alert.tsx'
import { notifyWarnings } from './notify-warnings.ts'

/** An event as any other, from the example of its type. */
export function PostEventForm({ onClose }: { onClose(): void }) {
  const t = useMessages()
  const { client, organisationId } = useAccess()
  const { data: types = [] } = useEventTypes()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [eventType, setEventType] = useState<string | null>(null)
  const [entityId, setEntityId] = useState(() => crypto.randomUUID() as string)
  const [draft, setDraft] = useState<string>()
  const type = types.find(({ name }) => name === eventType)
  const example = JSON.stringify(type?.example ?? {}, null, 2)
  const data = parseExactObject(draft ?? example)
  const send = useMutation({
    mutationFn: (event: Parameters<typeof client.emit>[0]) => client.emit(event),
    onSuccess: ({ id, warnings = [] }) => {
      void queries.invalidateQueries({ queryKey: [organisationId, 'events'] })
      if (warnings.length > 0) notifyWarnings(warnings, t.events)
      onClose()
      void navigate({ to: '/events/$id', params: { id } })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (type && data) {
      send.mutate({ eventType: type.name, entityType: type.entityType, entityId, data })
    }
  }
  const choose = (name: string | null) => {
    setEventType(name)
    setDraft(undefined)
  }
  const issue = (field: string) =>
    send.error instanceof PosthornApiError &&
    send.error.issues.find((one) => one.field === field)?.message
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t.events.postText}
        </Text>
        <Select
          label={t.events.postType}
          data={types.filter(({ deprecated }) => !deprecated).map(({ name }) => name)}
          value={eventType}
          onChange={choose}
          searchable
          required
          data-autofocus
        />
        {type && (
          <>
            <TextInput
              label={`${t.events.postEntity} (${type.entityType})`}
              value={entityId}
              onChange={(event) => setEntityId(event.currentTarget.value)}
              error={issue('entityId')}
              required
            />
            <Input.Wrapper
              label={t.events.postData}
              labelElement="div"
              description={!type.example && t.events.noExample}
              error={!data && t.events.postInvalid}
            >
              <CodeEditor
                value={draft ?? example}
                onChange={setDraft}
                label={t.events.postData}
                language="json"
                invalid={!data}
              />
            </Input.Wrapper>
          </>
        )}
        {send.error && <ProblemAlert error={send.error} />}
        <IssueList error={send.error} shown={['entityId']} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t.common.cancel}
          </Button>
          <Button type="submit" loading={send.isPending} disabled={!type || !data}>
            {t.events.send}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
