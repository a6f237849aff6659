import { useMessages } from '../messages/use-messages.ts'
import { Page } from '../ui/page.tsx'

export function OrganisationsPage() {
  return <Page title={useMessages().navigation.pages.organisations}>{null}</Page>
}
