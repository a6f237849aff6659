import { GraphQLError } from 'graphql'

/** Takes the place of a row that is not there, or is another organisation's. Thrown inside `change`, it rolls back. */
export function notFound(what: string, id: string): never {
  throw new GraphQLError(`There is no ${what} ${id} in your organisation.`, {
    extensions: { code: 'NOT_FOUND' },
  })
}
