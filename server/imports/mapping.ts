import { z } from 'zod'
import { fieldIssues } from '../http/field-issues.ts'
import type { FieldIssue } from '../kernel/errors.ts'
import { importErrors } from './errors.ts'
import { qualifiedName } from './event-id.ts'

/** Where a value of an event comes from: exactly one of `constant`, `column`, `sql` and `fields`. */
export interface ValueSource {
  /** The same for every row. */
  constant?: unknown
  /** A column of the row. */
  column?: string | undefined
  /** With `column`: what its values become. A row with any other value is rejected. */
  map?: Record<string, unknown> | undefined
  /** An SQL expression over the columns of the row. */
  sql?: string | undefined
  /** An object made of further values. */
  fields?: Record<string, ValueSource> | undefined
}

const valueSchema: z.ZodType<ValueSource> = z
  .strictObject({
    constant: z.json().optional(),
    column: z.string().min(1).optional(),
    map: z.record(z.string(), z.json()).optional(),
    sql: z.string().min(1).optional(),
    get fields() {
      return z.record(z.string(), valueSchema).optional()
    },
  })
  .superRefine((value, issues) => {
    const named = (['constant', 'column', 'sql', 'fields'] as const).filter(
      (kind) => value[kind] !== undefined,
    )
    const add = (message: string, fix: string) =>
      issues.addIssue({ code: 'custom', message, params: { fix } })
    if (named.length !== 1)
      add(
        named.length === 0 ? 'names no source' : `names ${named.join(' and ')}`,
        'Use one of constant, column, sql and fields.',
      )
    if (value.map && value.column === undefined)
      add('has a map without a column', 'Name the column whose values it maps.')
  })

const mappingSchema = z.strictObject({
  table: z.string().regex(/^[^.]+(\.[^.]+)?$/, 'is not schema.table'),
  key: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]),
  time: z.string().min(1),
  timeZone: z.string().min(1).optional(),
  where: z.string().min(1).optional(),
  event: z.strictObject({
    entityType: valueSchema,
    entityId: valueSchema,
    eventType: valueSchema,
    organisationId: valueSchema,
    userId: valueSchema.optional(),
    correlationId: valueSchema.optional(),
    source: valueSchema.optional(),
    data: valueSchema,
  }),
})

/** How the rows of an old table become events. */
export interface Mapping extends Omit<z.infer<typeof mappingSchema>, 'key'> {
  /** `schema.table`. */
  table: string
  /** The columns that tell rows apart. */
  key: string[]
}

/** Reads a mapping file. @throws import_mapping_invalid listing every mistake, each with its fix */
export async function parseMapping(input: unknown): Promise<Mapping> {
  const { success, data } = mappingSchema.safeParse(input)
  if (!success) throw mappingInvalid(await fieldIssues(mappingSchema, input))
  return { ...data, table: qualifiedName(data.table), key: [data.key].flat() }
}

export function mappingInvalid(issues: FieldIssue[]): Error {
  const lines = issues.map(({ field, message, fix }) => `${field || 'it'} ${message}. ${fix ?? ''}`)
  return importErrors.import_mapping_invalid({
    detail: ['The mapping is not valid:', ...lines.map((line) => `  ${line.trim()}`)].join('\n'),
    issues,
  })
}

/** Every value source of a mapping with its path, those inside `fields` as well. */
export function listSources({ event }: Mapping): { path: string; source: ValueSource }[] {
  const walk = (path: string, source: ValueSource): { path: string; source: ValueSource }[] => [
    { path, source },
    ...Object.entries(source.fields ?? {}).flatMap(([name, inner]) =>
      walk(`${path}.${name}`, inner),
    ),
  ]
  return Object.entries(event).flatMap(([name, source]) => (source ? walk(name, source) : []))
}
