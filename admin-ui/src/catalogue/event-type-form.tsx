import { Button, Group, Select, Stack, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { EventType } from '@posthorn/sdk'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { parseExactObject } from '../code/exact-json.ts'
import { useMessages } from '../messages/use-messages.ts'
import { useAccess } from '../session/session-context.ts'
import { setFieldErrors } from '../ui/field-errors.ts'
import { IssueList } from '../ui/issue-list.tsx'
import { notifyDone } from '../ui/notify.ts'
import { ProblemAlert } from '../ui/problem-alert.tsx'
import { JsonField } from './json-field.tsx'

export interface EventTypeFormProps {
  /** The one that is changed; a new one without it. */
  type?: EventType
  schema?: string | undefined
  example?: string | undefined
  onClose(): void
}

const validations = ['off', 'warn', 'strict'] as const

export function EventTypeForm({ type, schema = '', example = '', onClose }: EventTypeFormProps) {
  const { catalogue: t, common } = useMessages()
  const { client, organisationId } = useAccess()
  const queries = useQueryClient()
  const json = (text: string) =>
    text.trim() === '' || parseExactObject(text) ? null : t.invalidJson
  const form = useForm({
    initialValues: {
      name: type?.name ?? '',
      entityType: type?.entityType ?? '',
      description: type?.description ?? '',
      validation: type?.validation ?? 'warn',
      schema,
      example,
    },
    validate: { schema: json, example: json },
  })
  const save = useMutation({
    mutationFn: ({ name, schema, example, ...rest }: typeof form.values) =>
      client.eventTypes.put(name, {
        ...rest,
        schema: parseExactObject(schema) ?? null,
        example: parseExactObject(example) ?? null,
      }),
    onSuccess: ({ name }) => {
      void queries.invalidateQueries({ queryKey: [organisationId, 'catalogue'] })
      notifyDone(t.saved(name))
      onClose()
    },
    onError: (error) => setFieldErrors(form, error),
  })
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
      <Stack gap="sm">
        <TextInput
          label={t.name}
          description={t.nameHint}
          disabled={type !== undefined}
          required
          {...form.getInputProps('name')}
        />
        <TextInput label={t.entityType} required {...form.getInputProps('entityType')} />
        <Textarea label={t.about} required autosize {...form.getInputProps('description')} />
        <Select
          label={t.validation}
          data={validations.map((value) => ({ value, label: t.validations[value] }))}
          allowDeselect={false}
          {...form.getInputProps('validation')}
        />
        <JsonField
          label={t.schemaField}
          value={form.values.schema}
          error={form.errors['schema']}
          onChange={(text) => form.setFieldValue('schema', text)}
        />
        <JsonField
          label={t.exampleField}
          value={form.values.example}
          error={form.errors['example']}
          onChange={(text) => form.setFieldValue('example', text)}
        />
        {save.error && <ProblemAlert error={save.error} />}
        <IssueList error={save.error} shown={Object.keys(form.values)} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {common.cancel}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {common.save}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
