import { useMessages } from '../messages/use-messages.ts'
import { Page } from '../ui/page.tsx'

export function EventsPage() {
  return <Page title={useMessages().navigation.pages.events}>{null}</Page>
}
