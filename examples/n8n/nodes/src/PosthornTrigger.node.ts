import type {
  IDataObject,
  IHookFunctions,
  INodeType,
  INodeTypeDescription,
  IWebhookFunctions,
  IWebhookResponseData,
} from 'n8n-workflow'
import { loadOptions, organisationIdOf, request } from './request.ts'
import { subscriptionBody, uidOf } from './subscription.ts'
import { triggerDescription } from './trigger-description.ts'
import { verifySignature } from './verify-signature.ts'

export class PosthornTrigger implements INodeType {
  description: INodeTypeDescription = triggerDescription
  methods = { loadOptions }

  webhookMethods = {
    default: {
      // PUT creates, changes or revives, so there is nothing to ask before it.
      checkExists: async (): Promise<boolean> => false,
      async create(this: IHookFunctions): Promise<boolean> {
        const body = await readSettings(this)
        const { secret } = await request<{ secret: string }>(this, 'PUT', pathOf(this), { body })
        // For webhook(), also after a restart, when n8n does not come by here.
        this.getWorkflowStaticData('node')['secret'] = secret
        return true
      },
      async delete(this: IHookFunctions): Promise<boolean> {
        const organisationId = await organisationIdOf(this)
        const qs = organisationId ? { organisationId } : {}
        await request(this, 'DELETE', pathOf(this), { qs }).catch((error: unknown) => {
          if ((error as { httpCode?: string }).httpCode !== '404') throw error
        })
        delete this.getWorkflowStaticData('node')['secret']
        return true
      },
    },
  }

  async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
    const incoming = this.getRequestObject()
    if (!incoming.rawBody) await incoming.readRawBody()
    const { rawBody, headers } = incoming
    const secret = String(this.getWorkflowStaticData('node')['secret'] ?? '')
    const reason = verifySignature(headers, rawBody, secret, Date.now())
    if (reason) {
      this.getResponseObject().status(401).json({ ok: false, reason })
      return { noWebhookResponse: true }
    }
    const event: IDataObject = JSON.parse(rawBody.toString())
    const { 'webhook-id': id, 'webhook-timestamp': timestamp } = headers
    const json = { ...event, headers: { 'webhook-id': id, 'webhook-timestamp': timestamp } }
    return { workflowData: [[{ json }]] }
  }
}

async function readSettings(n8n: IHookFunctions): Promise<IDataObject> {
  const options = n8n.getNodeParameter('options', {}) as IDataObject
  return subscriptionBody({
    url: n8n.getNodeWebhookUrl('default') ?? '',
    workflowName: n8n.getWorkflow().name ?? '',
    organisationId: (await organisationIdOf(n8n)) || null,
    entityTypes: n8n.getNodeParameter('entityTypes', []) as string[],
    eventTypes: n8n.getNodeParameter('eventTypes', []) as string[],
    rateLimit: Number(options['rateLimit'] ?? 0),
    isOrdered: options['isOrdered'] === true,
  }) as IDataObject
}

function pathOf(n8n: IHookFunctions): string {
  const uid = uidOf({
    instanceId: n8n.getInstanceId(),
    workflowId: n8n.getWorkflow().id ?? '',
    nodeId: n8n.getNode().id,
    mode: n8n.getMode(),
  })
  return `/v1/subscriptions/uid:${uid}`
}
