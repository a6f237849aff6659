import { useMessages } from '../messages/use-messages.ts'
import { Page } from '../ui/page.tsx'

export function FailuresPage() {
  return <Page title={useMessages().navigation.pages.failures}>{null}</Page>
}
