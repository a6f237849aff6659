import { version } from '../kernel/version.ts'

export interface RequestHeaderFacts {
  webhookId: string
  timestampSeconds: number
  signature: string
  /** The subscription's own. */
  headers: Readonly<Record<string, string>>
}

/** Every header of a delivery's request that we set; the transport adds host and content-length. */
export function requestHeaders(facts: RequestHeaderFacts): Record<string, string> {
  return {
    ...facts.headers,
    'content-type': 'application/json; charset=utf-8',
    'user-agent': `Posthorn/${version}`,
    'webhook-id': facts.webhookId,
    'webhook-timestamp': String(facts.timestampSeconds),
    'webhook-signature': facts.signature,
  }
}
