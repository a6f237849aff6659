import { prisma } from '../database/prisma.ts'
import { getPosthorn } from './posthorn.ts'
import { setting } from './settings.ts'

/** Our own name for the subscription: `put` creates it, and at the next start finds it. */
const uid = 'uid:demo-receiver'

/** Subscribes the receiver in this dashboard to all events of every organisation, so that one sees them come in. */
export async function connectDemoReceivers(): Promise<void> {
  const { clientOf } = getPosthorn()
  for (const { id, name } of await prisma.organisation.findMany()) {
    const client = clientOf(id)
    await client.organisations.put(id, { name })
    await client.subscriptions.put(uid, {
      url: `${setting('DASHBOARD_URL')}/api/demo-receiver/${id}`,
      description: 'The receiver in this dashboard',
    })
  }
}

/** A receiver elsewhere has its secret in its configuration, where somebody put it after subscribing. */
export async function demoReceiverSecrets(organisationId: string): Promise<string[]> {
  const { secret, previousSecrets } = await getPosthorn()
    .clientOf(organisationId)
    .subscriptions.secret(uid)
  return [secret, ...previousSecrets.flatMap((previous) => previous.secret ?? [])]
}
