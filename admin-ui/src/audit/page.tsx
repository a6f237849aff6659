import { getRouteApi } from '@tanstack/react-router'
import { useMessages } from '../messages/use-messages.ts'
import { Page } from '../ui/page.tsx'
import { AuditFilters } from './audit-filters.tsx'
import { AuditList } from './audit-list.tsx'
import { EntryPane } from './entry-pane.tsx'
import type { AuditSearch } from './search.ts'
import { useAudit } from './use-audit.ts'

const route = getRouteApi('/audit')

export function AuditPage() {
  const t = useMessages()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { entry, action, actorId, targetId, last, since, until } = search
  const pages = useAudit(search)
  const change = (part: Partial<AuditSearch>, { replace } = { replace: false }) =>
    void navigate({ search: (current) => ({ ...current, entry: undefined, ...part }), replace })
  return (
    <Page fill title={t.navigation.pages.audit} description={t.audit.description}>
      <AuditFilters search={search} onChange={change} />
      <AuditList
        pages={pages}
        filtered={[action, actorId, targetId, last, since, until].some(Boolean)}
        openId={entry}
        onOpen={(id) => change({ entry: id })}
        onFilter={change}
        onClear={() => void navigate({ search: {} })}
      />
      {entry && (
        <EntryPane
          id={entry}
          loaded={pages.rows.find(({ id }) => id === entry)}
          onFilter={change}
          onClose={() => change({})}
        />
      )}
    </Page>
  )
}
