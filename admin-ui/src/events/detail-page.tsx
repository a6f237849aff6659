import { useMessages } from '../messages/use-messages.ts'
import { Page } from '../ui/page.tsx'

export function EventPage() {
  return <Page title={useMessages().navigation.pages.events}>{null}</Page>
}
