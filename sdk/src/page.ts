/** A page of a list. */
export interface Page<Item> {
  data: Item[]
  /** Pass as `cursor` for the next page; null on the last. */
  nextCursor: string | null
}

/** The generated query of an operation; a filter that is `undefined` is one that is not set. */
export type QueryOf<Operation extends { query?: unknown }> = {
  [Name in keyof NonNullable<Operation['query']>]?:
    | OneOrSeveral<NonNullable<Operation['query']>[Name]>
    | undefined
}

type OneOrSeveral<Value> = Value extends readonly (infer Item)[] ? Item | readonly Item[] : Value

/** The items of every page, fetched as they are asked for. */
export async function* iteratePages<Item, Query extends { cursor?: string | undefined }>(
  list: (query: Query) => Promise<Page<Item>>,
  query: Query,
): AsyncGenerator<Item, void, undefined> {
  let cursor = query.cursor
  do {
    const page = await list({ ...query, cursor })
    yield* page.data
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
}
