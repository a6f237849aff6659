/** Of a trigger node: what it asks Posthorn for. */
export interface TriggerSettings {
  /** Where n8n listens. */
  url: string
  workflowName: string
  /** Null for an organisation's own key, and for a platform credential that hears all. */
  organisationId: string | null
  /** Empty for all. */
  entityTypes: string[]
  /** Names, or patterns such as `Property*`; empty for all. */
  eventTypes: string[]
  /** Requests per second at most; 0 for no limit. */
  rateLimit: number
  /** One event of an entity after the other. */
  isOrdered: boolean
}

/** Which trigger it is: the same as long as the node is, and another one while it listens for a test. */
export interface TriggerIdentity {
  instanceId: string
  workflowId: string
  nodeId: string
  /** As n8n says: `manual` while it listens for a test; else `trigger`, or `internal` when it takes leave. */
  mode: string
}

/** The subscription's own `uid`; by it n8n finds, after whatever happened, what it registered. */
export function uidOf({ instanceId, workflowId, nodeId, mode }: TriggerIdentity): string {
  const parts = [instanceId, workflowId, nodeId, mode === 'manual' ? 'manual' : 'trigger']
  return ['n8n', ...parts.map((part) => part.replace(/[^A-Za-z0-9_.-]/g, '-'))].join(':')
}

/** The body of `PUT /v1/subscriptions/uid:…`. */
export function subscriptionBody(settings: TriggerSettings): Record<string, unknown> {
  const { url, workflowName, organisationId, entityTypes, eventTypes, rateLimit, isOrdered } =
    settings
  return {
    url,
    description: `n8n: ${workflowName}`.slice(0, 1024),
    organisationId,
    entityTypes: entityTypes.length > 0 ? entityTypes : null,
    eventTypes: eventTypes.length > 0 ? eventTypes : null,
    rateLimit: rateLimit > 0 ? rateLimit : null,
    ordering: isOrdered ? 'entity' : 'none',
    // What the node verifies, whatever somebody chose elsewhere.
    signing: 'hmac',
  }
}
