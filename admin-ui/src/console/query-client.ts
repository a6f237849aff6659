import { PosthornApiError } from '@posthorn/sdk'
import { QueryClient } from '@tanstack/react-query'

/** The SDK tries again by itself. What is on the screen stays while it is read anew. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        retry: false,
        staleTime: 5000,
        refetchOnWindowFocus: (query) => !isRefusal(query.state.error),
      },
    },
  })
}

/** Asking again would be refused again. */
function isRefusal(error: unknown): boolean {
  return error instanceof PosthornApiError && error.status < 500
}
