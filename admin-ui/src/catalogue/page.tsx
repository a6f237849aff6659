import { useMessages } from '../messages/use-messages.ts'
import { Page } from '../ui/page.tsx'

export function CataloguePage() {
  return <Page title={useMessages().navigation.pages.catalogue}>{null}</Page>
}
