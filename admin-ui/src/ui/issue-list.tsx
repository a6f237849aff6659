import { List } from '@mantine/core'
import { PosthornApiError } from '@posthorn/sdk'

interface Props {
  error: unknown
  /** The fields that show their own. */
  shown: readonly string[]
}

/** What the server says of single fields, where no form shows it at its field. */
export function IssueList({ error, shown }: Props) {
  if (!(error instanceof PosthornApiError)) return null
  const issues = error.issues.filter(({ field }) => !shown.includes(field))
  if (issues.length === 0) return null
  return (
    <List size="sm">
      {issues.map(({ field, message }) => (
        <List.Item key={field + message}>
          <strong>{field}</strong> {message}
        </List.Item>
      ))}
    </List>
  )
}
