import { Button, Group, Menu, Text } from '@mantine/core'
import { Outlet, useMatchRoute, useNavigate } from '@tanstack/react-router'
import { ChevronDown, CirclePause, CirclePlay } from 'lucide-react'
import { useState } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import { useCan } from '../session/session-context.ts'
import { CopyValue } from '../ui/copy-value.tsx'
import { LoadingPage } from '../ui/loading-page.tsx'
import { notifyDone } from '../ui/notify.ts'
import { Page } from '../ui/page.tsx'
import { ProblemAlert } from '../ui/problem-alert.tsx'
import { DeleteDialog } from './delete-dialog.tsx'
import { nameOf } from './describe-subscription.ts'
import { DetailTabs } from './detail-tabs.tsx'
import { SubscriptionMenuItems } from './menu-items.tsx'
import { ReplayFailed } from './replay-failed.tsx'
import { SubscriptionStateLabel } from './state-label.tsx'
import { StatusNotice } from './status-notice.tsx'
import { useSubscription } from './use-subscription.ts'
import { useDeleteSubscription, useSetActive } from './use-subscription-changes.ts'

export function SubscriptionPage() {
  const t = useMessages()
  const { actions, deleted } = t.subscriptions
  const mayWrite = useCan()('subscriptions:write')
  const navigate = useNavigate()
  const { data: subscription, error, refetch } = useSubscription()
  const { mutate: setActive, isPending } = useSetActive()
  const remove = useDeleteSubscription()
  const [dialog, setDialog] = useState<'delete' | 'replay'>()
  const inLog = Boolean(useMatchRoute()({ to: '/subscriptions/$id/deliveries' }))
  if (!subscription) {
    if (!error) return <LoadingPage />
    return (
      <Page title={t.navigation.pages.subscriptions}>
        <ProblemAlert error={error} onRetry={() => void refetch()} />
      </Page>
    )
  }
  const { id, status } = subscription
  const active = status === 'active'
  return (
    <Page
      title={nameOf(subscription)}
      heading={<span style={{ overflowWrap: 'anywhere' }}>{nameOf(subscription)}</span>}
      description={
        <Group gap="md">
          <SubscriptionStateLabel subscription={subscription} />
          {subscription.url === null ? (
            <Text size="sm">{t.subscriptions.pulled}</Text>
          ) : (
            <CopyValue value={subscription.url} label={t.subscriptions.url} />
          )}
        </Group>
      }
      actions={
        <>
          {mayWrite && (
            <Button
              variant="default"
              leftSection={active ? <CirclePause size={16} /> : <CirclePlay size={16} />}
              loading={isPending}
              onClick={() => setActive({ subscription, active: !active })}
            >
              {active ? actions.pause : actions.resume}
            </Button>
          )}
          <Menu position="bottom-end" shadow="md" width={220}>
            <Menu.Target>
              <Button variant="default" rightSection={<ChevronDown size={15} />}>
                {actions.more}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <SubscriptionMenuItems
                subscription={subscription}
                onDelete={() => setDialog('delete')}
                onReplay={() => setDialog('replay')}
              />
            </Menu.Dropdown>
          </Menu>
        </>
      }
      fill={inLog}
    >
      <StatusNotice subscription={subscription} />
      <DetailTabs id={id} pulled={subscription.mode === 'pull'} />
      <Outlet />
      {dialog === 'delete' && (
        <DeleteDialog
          subscriptions={[subscription]}
          onClose={() => setDialog(undefined)}
          onConfirm={async () => {
            await remove(id)
            notifyDone(deleted(1))
            await navigate({ to: '/subscriptions' })
          }}
        />
      )}
      {dialog === 'replay' && (
        <ReplayFailed subscription={subscription} onClose={() => setDialog(undefined)} />
      )}
    </Page>
  )
}
