import { List } from '@mantine/core'
import { PosthornApiError } from '@posthorn/sdk'

/** What the server says of single fields, where no form shows them at their fields. */
export function IssueList({ error }: { error: unknown }) {
  if (!(error instanceof PosthornApiError) || error.issues.length === 0) return null
  return (
    <List size="sm">
      {error.issues.map(({ field, message }) => (
        <List.Item key={field + message}>
          <strong>{field}</strong> {message}
        </List.Item>
      ))}
    </List>
  )
}
