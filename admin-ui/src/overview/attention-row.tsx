import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Ban, CircleX, Pause, Unplug } from 'lucide-react'
import { nameSubscription } from '../filter/use-subscription-names.ts'
import { type Messages, useMessages } from '../messages/use-messages.ts'
import { useAccess, useCan } from '../session/session-context.ts'
import { TimeText } from '../time/time.tsx'
import { ButtonLink } from '../ui/button-link.tsx'
import { TextLink } from '../ui/links.tsx'
import { notifyDone, notifyProblem } from '../ui/notify.ts'
import { StatusLabel } from '../ui/status-label.tsx'
import classes from './attention.module.css'
import type { AttentionItem } from './attention.ts'
import { type OverviewSearch, rangeOf } from './search.ts'

const looks = {
  broken: { icon: Unplug, tone: 'bad' },
  disabled: { icon: Ban, tone: 'bad' },
  failing: { icon: CircleX, tone: 'bad' },
  paused: { icon: Pause, tone: 'off' },
} as const

export function AttentionRow({ item, search }: { item: AttentionItem; search: OverviewSearch }) {
  const t = useMessages()
  const { kind, subscription } = item
  const { id, organisationId, health } = subscription
  // A platform credential goes to whose it is.
  const whose = organisationId === null ? {} : { organisationId }
  return (
    <li className={classes['row']}>
      <span className={classes['status']}>
        <StatusLabel {...looks[kind]} label={t.overview.attentionKinds[kind]} />
      </span>
      <span className={classes['text']}>
        <TextLink
          size="sm"
          to="/subscriptions/$id"
          params={{ id }}
          search={whose}
          fw={600}
          className={classes['name'] ?? ''}
        >
          {nameSubscription(subscription)}
        </TextLink>
        <span className={classes['why']}>
          {whyOf(item, t)}
          {kind === 'failing' && health.failingSince && (
            <>
              {' · '}
              {t.overview.failingSince} <TimeText value={health.failingSince} />
            </>
          )}
        </span>
      </span>
      {kind === 'broken' ? (
        <ButtonLink
          to="/subscriptions/$id"
          params={{ id }}
          search={whose}
          size="compact-sm"
          variant="default"
          className={classes['action'] ?? ''}
        >
          {t.overview.seeProblem}
        </ButtonLink>
      ) : kind === 'failing' ? (
        <ButtonLink
          to="/failures"
          search={{ ...rangeOf(search), ...whose, subscriptionId: [id] }}
          size="compact-sm"
          variant="default"
          className={classes['action'] ?? ''}
        >
          {t.overview.seeFailures}
        </ButtonLink>
      ) : (
        <ResumeButton item={item} />
      )}
    </li>
  )
}

function whyOf({ kind, subscription }: AttentionItem, t: Messages): string {
  if (kind === 'paused') return t.overview.pausedWhy
  if (kind === 'broken') return subscription.problem ?? ''
  return (kind === 'disabled' && subscription.disabledReason) || subscription.health.lastError || ''
}

function ResumeButton({ item: { subscription } }: { item: AttentionItem }) {
  const t = useMessages()
  const { client, organisationId } = useAccess()
  const can = useCan()
  const queries = useQueryClient()
  const resume = useMutation({
    mutationFn: () => client.subscriptions.resume(subscription.id),
    onSuccess: () => notifyDone(t.overview.resumed(nameSubscription(subscription))),
    onError: (error) => notifyProblem(error, t.common),
    onSettled: () => queries.invalidateQueries({ queryKey: [organisationId, 'subscriptions'] }),
  })
  if (!can('subscriptions:write')) return null
  return (
    <Button
      size="compact-sm"
      variant="default"
      loading={resume.isPending}
      onClick={() => resume.mutate()}
      aria-label={t.overview.resumeOf(nameSubscription(subscription))}
      className={classes['action'] ?? ''}
    >
      {t.overview.resume}
    </Button>
  )
}
