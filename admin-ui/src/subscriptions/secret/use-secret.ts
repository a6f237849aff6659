import { useTimeout } from '@mantine/hooks'
import type { SubscriptionSecret } from '@posthorn/sdk'
import { useState } from 'react'
import { useAccess } from '../../session/session-context.ts'
import { useShowSubscription } from '../use-subscription-changes.ts'

const hideAfterMs = 30_000

/** A subscription's secrets, held only while they are shown: in no cache, and gone after half a minute. */
export function useSecret(id: string) {
  const { client } = useAccess()
  const showSubscription = useShowSubscription()
  const [shown, setShown] = useState<SubscriptionSecret>()
  const hide = () => setShown(undefined)
  const { start, clear } = useTimeout(hide, hideAfterMs)
  const show = (secret: SubscriptionSecret) => {
    setShown(secret)
    clear()
    start()
  }
  return {
    shown,
    hide,
    reveal: async () => show(await client.subscriptions.secret(id)),
    read: async () => (await client.subscriptions.secret(id)).secret,
    rotate: async (revoke: boolean) => {
      const rotation = revoke ? { overlapSeconds: 0 } : {}
      const { secret, publicKey, previousSecrets } = await client.subscriptions.rotateSecret(
        id,
        rotation,
      )
      if (secret !== null) show({ secret, previousSecrets })
      showSubscription(id, (row) => ({ ...row, publicKey }))
    },
  }
}

export type Secret = ReturnType<typeof useSecret>
