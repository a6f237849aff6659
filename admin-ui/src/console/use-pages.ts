import { useAccess, useCan } from '../session/session-context.ts'
import { type ConsolePage, pages } from './pages.ts'

/** The pages that are of use to whoever is signed in. */
export function usePages(): readonly ConsolePage[] {
  const can = useCan()
  const isPlatform = useAccess().session.organisationId === null
  return pages.filter(
    (page: ConsolePage) =>
      (page.scope === undefined || can(page.scope)) && (page.platform === undefined || isPlatform),
  )
}
