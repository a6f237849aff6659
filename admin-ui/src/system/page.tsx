import { useMessages } from '../messages/use-messages.ts'
import { Page } from '../ui/page.tsx'

export function SystemPage() {
  return <Page title={useMessages().navigation.pages.system}>{null}</Page>
}
