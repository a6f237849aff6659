import { useMessages } from '../messages/use-messages.ts'
import { Page } from '../ui/page.tsx'

export function KeysPage() {
  return <Page title={useMessages().navigation.pages.keys}>{null}</Page>
}
