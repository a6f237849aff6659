import { useTimeout } from '@mantine/hooks'
import type { SubscriptionSecret } from '@posthorn/sdk'
import { useState } from 'react'
import { useAccess } from '../../session/session-context.ts'

const hideAfterMs = 30_000

/** A subscription's secrets, held only while they are shown: in no cache, and gone after half a minute. */
export function useSecret(id: string) {
  const { client } = useAccess()
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
    rotate: async () => show(await client.subscriptions.rotateSecret(id)),
  }
}

export type Secret = ReturnType<typeof useSecret>
