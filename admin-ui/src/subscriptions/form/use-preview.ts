import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useAccess } from '../../session/session-context.ts'
import { type FormValues, toCriteria } from './form-values.ts'

/** What a subscription with these settings would hear of, once they are complete. */
export function usePreview(values: FormValues, ownerId: string | null) {
  const { client, organisationId } = useAccess()
  const [criteria] = useDebouncedValue(readCriteria(values), 300)
  const query = useQuery({
    queryKey: [organisationId, 'preview', ownerId, criteria],
    queryFn: ({ signal }) =>
      client.subscriptions.preview(
        {
          ...(criteria === undefined ? {} : JSON.parse(criteria)),
          organisationId: ownerId,
          ...(ownerId === null && organisationId !== null && { eventsOf: organisationId }),
        },
        { signal },
      ),
    enabled: criteria !== undefined,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  })
  return { ...query, isIncomplete: criteria === undefined }
}

/** As text, so that only a change of meaning asks again. */
function readCriteria(values: FormValues): string | undefined {
  if (!values.everyEventType && values.eventTypes.length === 0) return undefined
  try {
    return JSON.stringify(toCriteria(values))
  } catch {
    return undefined
  }
}
