/** What a path of the receiver does with a request that it has recorded. */
export type Mode =
  | { kind: 'ok' }
  /** 200 after a random time between the two. */
  | { kind: 'slow'; minMs: number; maxMs: number }
  /** Of this share, half is answered 500 and half reset. */
  | { kind: 'flaky'; share: number }
  | { kind: 'status'; statusCode: number; headers?: Record<string, string> }
  /** Never answers. */
  | { kind: 'hang' }
  /** RST in place of an answer. */
  | { kind: 'reset' }

/** One request that was received and read to the end. */
export interface Receipt {
  path: string
  /** `webhook-id`. */
  id: string
  atMs: number
  bodyHash: string
  /** Whether the signature fits the body, by the package `standardwebhooks`; whatever the timestamp. */
  verified: boolean
  /** `webhook-timestamp`. */
  timestampSeconds: number
  /** The status it was going to be answered with, or why with none. */
  answer: number | 'hang' | 'reset'
  /** Requests to the path that were being answered, this one included. */
  underWay: number
}
