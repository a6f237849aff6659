import { z } from 'zod'

/** Postgres cuts longer names without a word. */
const name = z
  .string()
  .min(1, 'must not be empty')
  .refine((text) => Buffer.byteLength(text) <= 63, 'must have at most 63 bytes')
  .refine((text) => !text.includes('\0'), 'must not hold U+0000')

const eventTypeName = z
  .string()
  .regex(/^[A-Za-z0-9_.-]{1,128}$/, 'must be up to 128 letters, digits, _ . -')

const entityName = z
  .string()
  .regex(/^[A-Za-z0-9_.-]{1,121}$/, 'must be up to 121 letters, digits, _ . -')

/** What is to be captured of one table, as a person says it. */
export const captureSchema = z.strictObject({
  /** Its own name only; `schema` says where it lies. */
  table: name,
  schema: name.default('public'),
  /** Entity type of the events; they are called `<entity>Created`, `<entity>Updated` and `<entity>Deleted`. */
  entity: entityName,
  idColumn: name.default('id'),
  /** Takes keys that are no UUIDs: see `entityIdSql`. */
  mapId: z.boolean().default(false),
  organisationColumn: name.default('organisation_id'),
  /** An expression of type uuid in place of the column; `r` is the row. */
  organisationSql: z
    .string()
    .min(1)
    .refine((sql) => !/\$posthorn\$|\0/.test(sql), 'must not hold $posthorn$ or U+0000')
    .optional(),
  /** Columns whose change is an event of its own. */
  transitions: z.array(z.strictObject({ column: name, eventType: eventTypeName })).default([]),
  /** What events tell of a row; all columns of the table by default. */
  columns: z.array(name).min(1).optional(),
  exclude: z.array(name).default([]),
  source: z.string().min(1).max(128).default('dashboard'),
})

export const triggersConfigSchema = z.strictObject({ tables: z.array(captureSchema).min(1) })

export type Capture = z.output<typeof captureSchema>
