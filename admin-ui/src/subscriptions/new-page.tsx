import { useMessages } from '../messages/use-messages.ts'
import { Page } from '../ui/page.tsx'

export function NewSubscriptionPage() {
  return <Page title={useMessages().navigation.pages.subscriptions}>{null}</Page>
}
