import { useMessages } from '../messages/use-messages.ts'
import { Page } from '../ui/page.tsx'

export function AuditPage() {
  return <Page title={useMessages().navigation.pages.audit}>{null}</Page>
}
