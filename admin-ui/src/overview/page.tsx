import { useMessages } from '../messages/use-messages.ts'
import { Page } from '../ui/page.tsx'

export function OverviewPage() {
  return <Page title={useMessages().navigation.pages.overview}>{null}</Page>
}
