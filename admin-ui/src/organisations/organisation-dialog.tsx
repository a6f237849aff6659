import { Modal } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMessages } from '../messages/use-messages.ts'
import { useAccess } from '../session/session-context.ts'
import { LoadingPage } from '../ui/loading-page.tsx'
import { ProblemAlert } from '../ui/problem-alert.tsx'
import { OrganisationForm } from './organisation-form.tsx'

/** The form of an organisation of which only the id is known. */
export function OrganisationDialog({ id, onClose }: { id: string; onClose(): void }) {
  const t = useMessages().organisations.form
  const { client } = useAccess()
  const { data, error, refetch } = useQuery({
    queryKey: ['organisations', 'one', id],
    queryFn: () => client.organisations.get(id),
    // What is changed is what holds now, not what was read some time ago.
    gcTime: 0,
  })
  if (data) return <OrganisationForm organisation={data} onClose={onClose} />
  return (
    <Modal opened onClose={onClose} title={t.editTitle}>
      {error ? <ProblemAlert error={error} onRetry={() => void refetch()} /> : <LoadingPage />}
    </Modal>
  )
}
