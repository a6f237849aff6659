import { createYoga } from 'graphql-yoga'
import { createContext } from '../../../graphql/context.ts'
import { schema } from '../../../graphql/schema.ts'

const yoga = createYoga({
  schema,
  context: createContext,
  graphqlEndpoint: '/api/graphql',
  // Its page would be loaded from elsewhere.
  graphiql: false,
})

export const POST = async (request: Request) => yoga.fetch(request)
