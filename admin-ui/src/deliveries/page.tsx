import { useMessages } from '../messages/use-messages.ts'
import { Page } from '../ui/page.tsx'

export function DeliveriesPage() {
  return <Page title={useMessages().navigation.pages.deliveries}>{null}</Page>
}
