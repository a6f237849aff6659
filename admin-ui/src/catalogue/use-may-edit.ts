import { useAccess, useCan } from '../session/session-context.ts'

/** The catalogue is one for all organisations: who runs the platform keeps it. */
export function useMayEdit(): boolean {
  const { session } = useAccess()
  return useCan()('admin') && session.organisationId === null
}
