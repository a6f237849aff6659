import { Button, Modal, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { Organisation } from '@posthorn/sdk'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import { useAccess } from '../session/session-context.ts'
import { setFieldErrors } from '../ui/field-errors.ts'
import { ProblemAlert } from '../ui/problem-alert.tsx'
import { type OrganisationValues, toInput, toValues } from './organisation-values.ts'
import { QuotaFields } from './quota-fields.tsx'

interface Props {
  organisation: Organisation | 'new'
  onClose(): void
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** For the platform's operators: what an organisation is called, and what it may have. */
export function OrganisationForm({ organisation, onClose }: Props) {
  const t = useMessages().organisations.form
  const { client, organisationId } = useAccess()
  const queries = useQueryClient()
  const isNew = organisation === 'new'
  // What the form began with must not change under it.
  const [initialValues] = useState(() => toValues(isNew ? undefined : organisation))
  const form = useForm<OrganisationValues>({
    initialValues,
    validate: { id: (id) => (uuid.test(id.trim()) ? null : t.invalidId) },
  })
  const save = useMutation({
    mutationFn: (values: OrganisationValues) =>
      client.organisations.put(values.id.trim(), toInput(values, initialValues)),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['organisations'] })
      void queries.invalidateQueries({ queryKey: [organisationId, 'stats', 'overview', 'quotas'] })
      onClose()
    },
    onError: (error) => setFieldErrors(form, error),
  })
  return (
    <Modal opened onClose={onClose} title={isNew ? t.addTitle : t.editTitle}>
      <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <Stack>
          {save.error && <ProblemAlert error={save.error} />}
          <TextInput
            label={t.id}
            description={t.idHint}
            ff="monospace"
            disabled={!isNew}
            required
            {...form.getInputProps('id')}
          />
          <TextInput label={t.name} data-autofocus required {...form.getInputProps('name')} />
          <QuotaFields form={form} />
          <Button type="submit" loading={save.isPending}>
            {t.submit}
          </Button>
        </Stack>
      </form>
    </Modal>
  )
}
