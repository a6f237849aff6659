import { z } from 'zod/mini'
import { operators } from './filter-draft.ts'
import type { emptyForm, FormValues } from './form-values.ts'

const pairs = z.array(z.object({ key: z.string(), name: z.string(), value: z.string() }))
const numeric = z.union([z.number(), z.literal('')])

/** Headers may be credentials: they are not kept. */
const keptSchema = z.object({
  url: z.string(),
  description: z.string(),
  uid: z.string(),
  platform: z.boolean(),
  entityTypes: z.array(z.string()),
  pulled: z.boolean(),
  everyEventType: z.boolean(),
  eventTypes: z.array(z.string()),
  entityIds: z.array(z.string()),
  filter: z.object({
    asJson: z.boolean(),
    join: z.enum(['all', 'any']),
    conditions: z.array(
      z.object({
        key: z.string(),
        path: z.string(),
        operator: z.enum(operators),
        value: z.string(),
      }),
    ),
    json: z.string(),
  }),
  ownRetry: z.boolean(),
  waits: z.array(z.string()),
  timeoutSeconds: numeric,
  rateLimit: numeric,
  inOrder: z.boolean(),
  signing: z.enum(['hmac', 'ed25519']),
  metadata: pairs,
})

const storageKey = (name: string) => `posthorn-draft-${name}`

/** What was typed before the page was loaded again. Storage may be denied to a frame: there is no draft then. */
export function readDraft(name: string): Omit<FormValues, 'headers'> | undefined {
  try {
    const text = sessionStorage.getItem(storageKey(name))
    return text === null ? undefined : z.parse(keptSchema, JSON.parse(text))
  } catch {
    return undefined
  }
}

export function writeDraft(name: string, values: FormValues): void {
  try {
    const kept = { ...values, headers: undefined } satisfies Record<keyof typeof emptyForm, unknown>
    sessionStorage.setItem(storageKey(name), JSON.stringify(kept))
  } catch {
    // Storage is full or denied: what is typed is on the page still.
  }
}

export function forgetDraft(name: string): void {
  try {
    sessionStorage.removeItem(storageKey(name))
  } catch {
    // As above.
  }
}
