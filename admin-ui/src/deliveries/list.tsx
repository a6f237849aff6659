import type { Subscription } from '@posthorn/sdk'
import { messages } from '../messages.ts'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { Empty } from './empty.tsx'
import { DeliveryTable } from './table.tsx'
import type { useDeliveries } from './use-deliveries.ts'

interface Props {
  deliveries: ReturnType<typeof useDeliveries>
  organisationId: string
  subscriptions: readonly Subscription[]
  filtered: boolean
  selectedId: string | undefined
  onSelect: (id: string) => void
  onClearFilters: () => void
}

/** The list in whichever state it is: loading, failed, empty, or there. */
export function DeliveryList(props: Props) {
  const { list, problem, loadingMore, loadMore, reload } = props.deliveries
  if (!list && problem) return <ProblemNotice problem={problem} onRetry={reload} />
  if (!list) return <Loading />
  return (
    <>
      {problem && <ProblemNotice problem={problem} lead={messages.live.failed} onRetry={reload} />}
      {list.rows.length === 0 ? (
        <Nothing {...props} />
      ) : (
        <>
          <DeliveryTable {...props} deliveries={list.rows} />
          <div className="more">
            {list.nextCursor ? (
              <button type="button" onClick={loadMore} aria-disabled={loadingMore}>
                {loadingMore ? messages.deliveries.loadingMore : messages.deliveries.more}
              </button>
            ) : (
              <p className="hint">{messages.deliveries.end}</p>
            )}
          </div>
        </>
      )}
    </>
  )
}

function Nothing({ filtered, onClearFilters, organisationId, subscriptions }: Props) {
  if (!filtered) {
    return <Empty organisationId={organisationId} hasSubscription={subscriptions.length > 0} />
  }
  return (
    <section className="card wide">
      <h2>{messages.filters.noMatchTitle}</h2>
      <p>{messages.filters.noMatchText}</p>
      <button type="button" onClick={onClearFilters}>
        {messages.filters.clear}
      </button>
    </section>
  )
}

function Loading() {
  return (
    <div className="skeleton" role="status">
      <span className="visually-hidden">{messages.deliveries.loading}</span>
      <div />
      <div />
      <div />
      <div />
      <div />
      <div />
    </div>
  )
}
