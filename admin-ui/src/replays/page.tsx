import { useMessages } from '../messages/use-messages.ts'
import { Page } from '../ui/page.tsx'

export function ReplaysPage() {
  return <Page title={useMessages().navigation.pages.replays}>{null}</Page>
}
