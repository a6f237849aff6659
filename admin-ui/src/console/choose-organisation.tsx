import { Building2 } from 'lucide-react'
import { useMessages } from '../messages/use-messages.ts'
import { Centre } from '../ui/centre.tsx'
import { EmptyState } from '../ui/empty-state.tsx'

export function ChooseOrganisation() {
  const t = useMessages().navigation
  return (
    <Centre>
      <EmptyState
        icon={<Building2 />}
        title={t.chooseOrganisationTitle}
        text={t.chooseOrganisationText}
      />
    </Centre>
  )
}
