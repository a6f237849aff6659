import { Button, Modal, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useMessages } from '../messages/use-messages.ts'
import { useAccess } from '../session/session-context.ts'
import { setFieldErrors } from '../ui/field-errors.ts'
import { ProblemAlert } from '../ui/problem-alert.tsx'
import type { NamedOrganisation } from './use-organisations.ts'

interface Props {
  organisation: NamedOrganisation | 'new'
  onClose(): void
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export function OrganisationForm({ organisation, onClose }: Props) {
  const t = useMessages().organisations.form
  const { client } = useAccess()
  const queries = useQueryClient()
  const isNew = organisation === 'new'
  const form = useForm({
    initialValues: isNew
      ? { id: '', name: '' }
      : { id: organisation.id, name: organisation.name ?? '' },
    validate: { id: (id) => (uuid.test(id.trim()) ? null : t.invalidId) },
  })
  const save = useMutation({
    mutationFn: ({ id, name }: typeof form.values) =>
      client.organisations.put(id.trim(), { name: name.trim() }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['organisations'] })
      onClose()
    },
    onError: (error) => setFieldErrors(form, error),
  })
  return (
    <Modal opened onClose={onClose} title={isNew ? t.addTitle : t.renameTitle}>
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
          <Button type="submit" loading={save.isPending}>
            {t.submit}
          </Button>
        </Stack>
      </form>
    </Modal>
  )
}
