import { type BuiltInEvents, verifyWebhook, WebhookVerificationError } from '@posthorn/sdk'
import { prisma } from '../../../../database/prisma.ts'
import { demoReceiverSecrets } from '../../../../posthorn/demo-receiver.ts'

interface Segments {
  params: Promise<{ organisationId: string }>
}

/** What an integrator writes: verify the raw body, remember the id, answer quickly. */
export async function POST(request: Request, { params }: Segments): Promise<Response> {
  const { organisationId } = await params
  try {
    const secrets = await demoReceiverSecrets(organisationId)
    const event = await verifyWebhook<BuiltInEvents>(request, secrets)
    await prisma.receivedWebhook.createMany({
      data: [
        {
          id: event.id,
          organisationId,
          eventType: event.type,
          body: JSON.stringify(event, null, 2),
        },
      ],
      // Webhooks come at least once: the second of a pair changes nothing.
      skipDuplicates: true,
    })
    return new Response(null, { status: 204 })
  } catch (error) {
    if (!(error instanceof WebhookVerificationError)) throw error
    return Response.json({ reason: error.reason }, { status: 400 })
  }
}
