import type { Happening } from './context-store.ts'

export interface EntityContext {
  entityType: string
  entityId: string
  /** What the events say of it, the newest word on each. */
  state: Record<string, unknown>
  /** Who has had a hand in it. */
  people: string[]
  /** Oldest first. */
  happenings: Happening[]
}

export function toContext(
  entityType: string,
  entityId: string,
  happenings: Happening[],
): EntityContext {
  const state = Object.assign({}, ...happenings.map(({ data }) => data)) as EntityContext['state']
  const people = [...new Set(happenings.flatMap(({ userId }) => userId ?? []))]
  return { entityType, entityId, state, people, happenings }
}

/** The same as text, to put into a prompt. */
export function toPrompt({ entityType, entityId, state, happenings }: EntityContext): string {
  const lines = happenings.map(
    ({ at, type, userId, data }) =>
      `- ${at} ${type}${userId === null ? '' : ` by ${userId}`}: ${JSON.stringify(data)}`,
  )
  return [`# ${entityType} ${entityId}`, `Now: ${JSON.stringify(state)}`, ...lines, ''].join('\n')
}
