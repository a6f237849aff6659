import { Button, Modal, Select, Stack, TagsInput, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { PortalScope, PortalTokenWithSecret } from '@posthorn/sdk'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useMessages } from '../messages/use-messages.ts'
import { useAccess } from '../session/session-context.ts'
import { setFieldErrors } from '../ui/field-errors.ts'
import { ProblemAlert } from '../ui/problem-alert.tsx'
import { useFocusBack } from '../ui/use-focus-back.ts'
import { OrganisationField } from './organisation-field.tsx'
import { ScopeChoice } from './scope-choice.tsx'
import { portalScopes, portalScopesDefault } from './scopes.ts'

interface Props {
  onCreated(token: PortalTokenWithSecret): void
  onClose(): void
}

interface Values {
  subject: string
  organisationId: string | null
  scopes: PortalScope[]
  allowedOrigins: string[]
  expiresInSeconds: '300' | '900' | '3600'
}

export function PortalTokenForm({ onCreated, onClose }: Props) {
  const t = useMessages().keys
  useFocusBack()
  const { client, session, organisationId } = useAccess()
  const queries = useQueryClient()
  const form = useForm<Values>({
    initialValues: {
      subject: '',
      organisationId,
      scopes: portalScopesDefault,
      allowedOrigins: [],
      expiresInSeconds: '900',
    },
    validate: {
      organisationId: (id) => (id === null ? t.portal.organisationRequired : null),
      scopes: (scopes) => (scopes.length > 0 ? null : t.scopeRequired),
    },
  })
  const create = useMutation({
    mutationFn: ({ subject, organisationId, scopes, allowedOrigins, expiresInSeconds }: Values) =>
      client.portalTokens.create({
        ...(subject.trim() && { subject: subject.trim() }),
        ...(organisationId !== null && { organisationId }),
        scopes,
        allowedOrigins,
        expiresInSeconds: Number(expiresInSeconds),
      }),
    onSuccess: (token) => {
      void queries.invalidateQueries({ queryKey: [organisationId, 'portalTokens'] })
      onCreated(token)
    },
    onError: (error) => setFieldErrors(form, error),
  })
  const lifetimes = Object.entries(t.portal.lifetimes).map(([value, label]) => ({ value, label }))
  return (
    <Modal opened onClose={onClose} title={t.portal.title} size="lg">
      <form onSubmit={form.onSubmit((values) => create.mutate(values))} noValidate>
        <Stack>
          {create.error && <ProblemAlert error={create.error} />}
          {session.organisationId === null && (
            <OrganisationField
              {...form.getInputProps('organisationId')}
              value={form.values.organisationId}
            />
          )}
          <TextInput
            label={t.portal.subject}
            description={t.portal.subjectHint}
            placeholder={t.portal.subjectPlaceholder}
            data-autofocus
            {...form.getInputProps('subject')}
          />
          <Select
            label={t.portal.expires}
            data={lifetimes}
            allowDeselect={false}
            {...form.getInputProps('expiresInSeconds')}
          />
          <ScopeChoice
            options={portalScopes}
            {...form.getInputProps('scopes')}
            value={form.values.scopes}
          />
          <TagsInput
            label={t.portal.origins}
            description={t.portal.originsHint}
            placeholder={t.portal.originsPlaceholder}
            acceptValueOnBlur
            {...form.getInputProps('allowedOrigins')}
          />
          <Button type="submit" loading={create.isPending}>
            {t.portal.submit}
          </Button>
        </Stack>
      </form>
    </Modal>
  )
}
