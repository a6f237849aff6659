import { Button, CloseButton, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import type { Organisation } from '@posthorn/sdk'
import { getRouteApi } from '@tanstack/react-router'
import { Plus, Search } from 'lucide-react'
import { useState } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import { Page } from '../ui/page.tsx'
import { OrganisationForm } from './organisation-form.tsx'
import { OrganisationList } from './organisation-list.tsx'

const route = getRouteApi('/organisations')

export function OrganisationsPage() {
  const t = useMessages()
  const { q = '' } = route.useSearch()
  const navigate = route.useNavigate()
  const [typed, setTyped] = useState(q)
  const [edited, setEdited] = useState<Organisation | 'new'>()
  const search = (text: string) =>
    void navigate({ search: { q: text || undefined }, replace: true })
  const searchSoon = useDebouncedCallback(search, 250)
  const type = (text: string) => {
    setTyped(text)
    searchSoon(text)
  }
  return (
    <Page
      fill
      title={t.navigation.pages.organisations}
      description={t.organisations.description}
      actions={
        <Button leftSection={<Plus size={16} />} onClick={() => setEdited('new')}>
          {t.organisations.add}
        </Button>
      }
    >
      <TextInput
        value={typed}
        onChange={(event) => type(event.currentTarget.value)}
        placeholder={t.organisations.search}
        aria-label={t.organisations.search}
        leftSection={<Search size={16} />}
        rightSection={
          typed && <CloseButton aria-label={t.organisations.clear} onClick={() => type('')} />
        }
        maw="24rem"
      />
      <OrganisationList q={q} onEdit={setEdited} onClear={() => type('')} />
      {edited && <OrganisationForm organisation={edited} onClose={() => setEdited(undefined)} />}
    </Page>
  )
}
