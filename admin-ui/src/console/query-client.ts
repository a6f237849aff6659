import { PosthornApiError } from '@posthorn/sdk'
import { QueryClient } from '@tanstack/react-query'

const patientTimes = 5

/**
 * The SDK tries again by itself; what the server still has no room for is read later. What is on the screen stays while it
 * is read anew, and of what was changed, secrets among it, nothing is kept for longer than what shows it.
 */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        retry: (failures, error) => isOverLimit(error) && failures < patientTimes,
        staleTime: 5000,
        refetchOnWindowFocus: (query) => !isRefusal(query.state.error),
      },
      mutations: { gcTime: 0 },
    },
  })
}

function isOverLimit(error: unknown): boolean {
  return error instanceof PosthornApiError && error.status === 429
}

/** Asking again would be refused again. */
function isRefusal(error: unknown): boolean {
  return error instanceof PosthornApiError && error.status < 500
}
