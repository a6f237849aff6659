import { z } from 'zod'

/** Id of another entity. Any UUID, as Postgres takes it: dashboards bring their own. */
export const idOf = (entity: string) => z.guid().describe(`Id of ${entity}`)

export const text = (description: string) => z.string().min(1).describe(description)

/**
 * A word from the dashboard's own vocabulary. Not an enum: a dashboard that says `OPEN`, or knows
 * one status more, is still understood.
 */
export const word = (description: string, examples: readonly [string, ...string[]]) =>
  z
    .string()
    .min(1)
    .max(64)
    .meta({ description, examples: [...examples] })

export const time = (description: string) =>
  z.iso.datetime({ offset: true }).describe(`${description} (RFC 3339)`)

export const day = (description: string) => z.iso.date().describe(`${description} (YYYY-MM-DD)`)

export const amount = (description: string) =>
  z.number().nonnegative().describe(`${description}, in \`currency\``)

export const currency = z
  .string()
  .regex(/^[A-Z]{3}$/)
  .describe('ISO 4217 code of every amount here')

export const count = (description: string) => z.int().nonnegative().describe(description)

export const deletionReason = z.string().nullish().describe('Why it was deleted, if anyone said')

/** What an update changed. Subscriptions filter on it: `{ "path": "changes.priority", "exists": true }`. */
export const changes = z
  .record(
    z.string(),
    z.looseObject({
      from: z.unknown().describe('Value before; null when there was none'),
      to: z.unknown().describe('Value now; null when it was cleared'),
    }),
  )
  .describe('Each changed field with its value before and now')
