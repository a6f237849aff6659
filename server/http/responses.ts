import { z } from '@hono/zod-openapi'
import type { Scope } from '../kernel/actor.ts'

/** RFC 9457, the body of every answer that is not a success. */
export const problemSchema = z
  .object({
    type: z.string().meta({ example: 'urn:posthorn:error:validation_failed' }),
    title: z.string().meta({ example: 'The request is not valid' }),
    status: z.int().meta({ example: 422 }),
    detail: z.string().optional().meta({ description: 'What was wrong with this request' }),
    code: z.string().meta({ description: 'Stable: decide by this', example: 'validation_failed' }),
    requestId: z.string().meta({
      description: 'Names the request in the log',
      example: '019a9d2e-5c00-7000-8000-000000000001',
    }),
    errors: z
      .array(
        z.object({
          field: z.string().meta({
            description: 'Dotted path; empty for the whole body',
            example: 'events.3.entityId',
          }),
          message: z.string().meta({ example: 'must be a UUID' }),
          fix: z.string().optional(),
        }),
      )
      .optional()
      .meta({ description: 'Each thing that is wrong with the input' }),
    limit: z
      .object({
        name: z.string().meta({ example: 'eventsPerSecond' }),
        value: z.int().meta({ description: 'How much it allows', example: 2000 }),
      })
      .optional()
      .meta({ description: 'The limit that was met' }),
  })
  .meta({ id: 'Problem' })

export type Problem = z.infer<typeof problemSchema>

const descriptions = {
  400: 'The request cannot be understood',
  401: 'No credentials, or not valid ones',
  403: 'The credentials do not allow this',
  404: 'Not found, or of another organisation',
  409: 'In conflict with what is there',
  410: 'No longer there',
  412: 'It is not any more what `If-Match` says',
  413: 'The body is too large',
  415: 'The body is not JSON',
  422: 'The request is not valid; `errors` names the fields',
  429: 'Too many requests; `Retry-After` says when to come back',
  503: 'Cannot be served right now; `Retry-After` says when to come back',
} as const

type ProblemStatus = keyof typeof descriptions

interface ProblemResponse {
  description: string
  content: { 'application/problem+json': { schema: typeof problemSchema } }
}

/** The `responses` entries of a route's failures: `responses: { 200: …, ...problems(401, 404) }`. */
export function problems<const Status extends ProblemStatus>(
  ...statuses: Status[]
): { [S in Status]: ProblemResponse } {
  const entries = statuses.map((status): [Status, ProblemResponse] => [
    status,
    {
      description: descriptions[status],
      content: { 'application/problem+json': { schema: problemSchema } },
    },
  ])
  return Object.fromEntries(entries) as { [S in Status]: ProblemResponse }
}

/** A JSON response. */
export function jsonContent<Schema extends z.ZodType>(schema: Schema, description: string) {
  return { description, content: { 'application/json': { schema } } }
}

/** The `request.body` of a route that mounts `jsonBody()`. */
export function jsonRequest<Schema extends z.ZodType>(
  schema: Schema,
  options: { optional?: boolean } = {},
) {
  return { required: !options.optional, content: { 'application/json': { schema } } }
}

/** The page of a list; `name` is its schema's name in the OpenAPI document: `SubscriptionPage`. */
export function pageOf<Item extends z.ZodType>(name: string, item: Item) {
  return z
    .object({
      data: z.array(item),
      nextCursor: z
        .string()
        .nullable()
        .meta({ description: 'Pass as `cursor` for the next page; null on the last' }),
    })
    .meta({ id: name })
}

/** For lists that look at a bounded number of rows per request. */
export const searchedUntilSchema = z.iso
  .datetime()
  .nullable()
  .meta({
    description:
      'Not null when the search stopped at this time with more to look at; then a page can be short, even empty. ' +
      '`nextCursor` goes on from there',
  })

const earliestMs = Date.parse('0001-01-01T00:00:00Z')
const latestMs = Date.parse('9999-12-31T23:59:59.999Z')

/**
 * A time of a caller, with its offset. Its year has four digits in UTC as well, and is none before the first: Postgres
 * does not read others.
 */
export const timeSchema = z.iso.datetime({ offset: true }).refine((text) => {
  const timeMs = Date.parse(text)
  return timeMs >= earliestMs && timeMs <= latestMs
}, 'lies beyond the years 1 to 9999')

/** The query of a list. Add a route's own with `.extend({ … })`. */
export const pageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(250).default(50),
  cursor: z.string().max(256).optional().meta({ description: '`nextCursor` of the page before' }),
})

/** For platform credentials: whose. Combine with `pageQuery.extend(organisationQuery.shape)`. */
export const organisationQuery = z.strictObject({
  organisationId: z.guid().optional().meta({
    description:
      'For platform credentials: the organisation that is meant. Others may leave it out',
  }),
})

/** The name of the OpenAPI security scheme, and its definition. */
export const securityScheme = {
  name: 'apiKey',
  definition: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'ph_…',
    description:
      'An API key, a portal token (`pht_…`), or a JWT of the host. Each operation names the scope it needs; `admin` stands for all of them.',
  },
} as const

/** The `security` of a route; list the scope that its `requireScope` asks for. */
export function securedBy(...scopes: Scope[]): Record<string, string[]>[] {
  return [{ [securityScheme.name]: scopes }]
}
