/** What differs between two versions of a schema. */
export type SchemaChangeKind =
  | 'property_added'
  | 'property_removed'
  | 'required'
  | 'optional'
  | 'opened'
  | 'type_widened'
  | 'type_narrowed'
  | 'nullable'
  | 'values_added'
  | 'values_removed'
  | 'limit'
  | 'format'
  | 'entity'
  | 'unjudged'

/** One difference, as those see it who wrote a receiver against the version before. */
export interface SchemaChange {
  /** Where: `data.status`, `data.tags[]` for any item, `data.prices.*` for any other field. */
  path: string
  change: SchemaChangeKind
  /** Whether a receiver may meet what the version before ruled out, or miss what it promised. */
  breaking: boolean
  /** In a sentence that begins with what is at `path`: `may be null now`. */
  message: string
}

export function breaks(path: string, change: SchemaChangeKind, message: string): SchemaChange {
  return { path, change, breaking: true, message }
}

export function fits(path: string, change: SchemaChangeKind, message: string): SchemaChange {
  return { path, change, breaking: false, message }
}
