import { Button, Modal, Select, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { ApiKeyWithSecret, Scope } from '@posthorn/sdk'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import { useAccess } from '../session/session-context.ts'
import { useNow } from '../time/use-now.ts'
import { setFieldErrors } from '../ui/field-errors.ts'
import { ProblemAlert } from '../ui/problem-alert.tsx'
import { useFocusBack } from '../ui/use-focus-back.ts'
import { OrganisationField } from './organisation-field.tsx'
import { ScopeChoice } from './scope-choice.tsx'
import { allScopes } from './scopes.ts'

interface Props {
  onCreated(key: ApiKeyWithSecret): void
  onClose(): void
}

type Lifetime = '7' | '30' | '90' | '365' | 'never'

interface Values {
  name: string
  scopes: Scope[]
  organisationId: string | null
  lifetimeDays: Lifetime
}

const dayMs = 86_400_000

export function ApiKeyForm({ onCreated, onClose }: Props) {
  const t = useMessages().keys
  useFocusBack()
  const { client, session, organisationId } = useAccess()
  const queries = useQueryClient()
  // Pressed again because no answer came, it asks for the same.
  const [openedMs] = useState(useNow())
  const form = useForm<Values>({
    initialValues: { name: '', scopes: [], organisationId, lifetimeDays: '90' },
    validate: {
      name: (name) => (name.trim() ? null : t.add.nameRequired),
      scopes: (scopes) => (scopes.length > 0 ? null : t.scopeRequired),
    },
  })
  const create = useMutation({
    mutationFn: ({ name, scopes, organisationId, lifetimeDays }: Values) =>
      client.apiKeys.create({
        name: name.trim(),
        scopes,
        organisationId,
        expiresAt:
          lifetimeDays === 'never'
            ? null
            : new Date(openedMs + Number(lifetimeDays) * dayMs).toISOString(),
      }),
    onSuccess: (key) => {
      void queries.invalidateQueries({ queryKey: [organisationId, 'apiKeys'] })
      onCreated(key)
    },
    onError: (error) => setFieldErrors(form, error),
  })
  const lifetimes = Object.entries(t.add.lifetimes).map(([value, label]) => ({ value, label }))
  return (
    <Modal opened onClose={onClose} title={t.add.title} size="lg">
      <form onSubmit={form.onSubmit((values) => create.mutate(values))} noValidate>
        <Stack>
          {create.error && <ProblemAlert error={create.error} />}
          <TextInput label={t.add.name} data-autofocus required {...form.getInputProps('name')} />
          {session.organisationId === null && (
            <OrganisationField
              platform={t.platform}
              {...form.getInputProps('organisationId')}
              value={form.values.organisationId}
            />
          )}
          <ScopeChoice
            options={allScopes}
            {...form.getInputProps('scopes')}
            value={form.values.scopes}
          />
          <Select
            label={t.add.expires}
            data={lifetimes}
            allowDeselect={false}
            {...form.getInputProps('lifetimeDays')}
          />
          <Button type="submit" loading={create.isPending}>
            {t.add.submit}
          </Button>
        </Stack>
      </form>
    </Modal>
  )
}
