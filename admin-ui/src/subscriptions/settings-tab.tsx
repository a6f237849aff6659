import { PosthornApiError, type Subscription } from '@posthorn/sdk'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import { useAccess } from '../session/session-context.ts'
import { notifyDone } from '../ui/notify.ts'
import { ConflictDialog } from './form/conflict-dialog.tsx'
import { forgetDraft } from './form/form-draft.ts'
import {
  changesBetween,
  type FormValues,
  fromSubscription,
  toSettings,
} from './form/form-values.ts'
import { SubscriptionForm } from './form/subscription-form.tsx'
import { subscriptionsKey } from './keys.ts'
import { useSubscription } from './use-subscription.ts'
import { useShowSubscription } from './use-subscription-changes.ts'

export function SubscriptionSettingsTab() {
  const { data } = useSubscription()
  return data ? <Settings key={data.id} subscription={data} /> : null
}

/** The form, on what was stored when it was opened: what others change meanwhile shows when one saves. */
function Settings({ subscription }: { subscription: Subscription }) {
  const t = useMessages()
  const { client, organisationId } = useAccess()
  const queries = useQueryClient()
  const show = useShowSubscription()
  const [base, setBase] = useState(subscription)
  const [opened, setOpened] = useState(0)
  const [conflict, setConflict] = useState<{ theirs: Subscription; values: FormValues }>()
  const { id } = base
  const before = toSettings(fromSubscription(base))
  const draftName = id

  const store = async (values: FormValues, revision: number) => {
    const patch = changesBetween(before, toSettings(values))
    const stored = await client.subscriptions.update(id, patch, { revision })
    setBase(stored)
    show(id, () => stored)
    notifyDone(t.subscriptionForm.saved)
    await queries.invalidateQueries({ queryKey: subscriptionsKey(organisationId) })
  }
  /** Begins anew on what is stored now. */
  const reopen = () => {
    forgetDraft(draftName)
    setConflict(undefined)
    setOpened((count) => count + 1)
  }
  return (
    <>
      <SubscriptionForm
        key={opened}
        initial={fromSubscription(base)}
        stored={{ settings: before, organisationId: base.organisationId }}
        draftName={draftName}
        submitLabel={t.common.save}
        onSubmit={async (values) => {
          try {
            await store(values, base.revision)
            return true
          } catch (error) {
            if (!(error instanceof PosthornApiError) || error.status !== 412) throw error
            const theirs = await client.subscriptions.get(id)
            const settings = toSettings(fromSubscription(theirs))
            if (Object.keys(changesBetween(before, settings)).length > 0) {
              setConflict({ theirs, values })
              return false
            }
            // It was only paused or resumed.
            await store(values, theirs.revision)
            return true
          }
        }}
      />
      {conflict && (
        <ConflictDialog
          before={before}
          theirs={toSettings(fromSubscription(conflict.theirs))}
          yours={toSettings(conflict.values)}
          onClose={() => setConflict(undefined)}
          onTakeTheirs={() => {
            setBase(conflict.theirs)
            show(id, () => conflict.theirs)
            reopen()
          }}
          onKeepYours={async () => {
            await store(conflict.values, conflict.theirs.revision)
            reopen()
          }}
        />
      )}
    </>
  )
}
