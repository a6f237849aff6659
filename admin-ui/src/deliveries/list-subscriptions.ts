import type { Subscription } from '@posthorn/sdk'
import type { Access } from '../api.ts'

const limit = 250

/** Those that an organisation's events can go to: its own, and for platform keys the platform's. */
export async function listSubscriptions(
  { client, session }: Access,
  organisationId: string,
): Promise<Subscription[]> {
  const own = await client.subscriptions.list({ organisationId, limit })
  if (session.organisationId !== null) return own.data
  const all = await client.subscriptions.list({ limit })
  return [...own.data, ...all.data.filter((one) => one.organisationId === null)]
}
