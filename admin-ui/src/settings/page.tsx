import { useMessages } from '../messages/use-messages.ts'
import { Page } from '../ui/page.tsx'

export function SettingsPage() {
  return <Page title={useMessages().navigation.pages.settings}>{null}</Page>
}
