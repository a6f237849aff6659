import { useCallback, useEffect } from 'react'
import { type Access, apiUrl } from './api.ts'
import { messages } from './messages.ts'
import { ProblemNotice } from './ui/problem-notice.tsx'
import { Snippet } from './ui/snippet.tsx'
import { useLoaded } from './ui/use-loaded.ts'

interface Props {
  access: Access
  value: string | undefined
  onChange: (organisationId: string) => void
}

/** For platform keys: whose deliveries to look at. */
export function OrganisationPicker({ access, value, onChange }: Props) {
  const load = useCallback(() => access.client.organisations.list({ limit: 250 }), [access])
  const { data, problem, reload } = useLoaded(load)
  const first = data?.data[0]?.id
  useEffect(() => {
    if (!value && first) onChange(first)
  }, [value, first, onChange])

  if (problem && !data) return <ProblemNotice problem={problem} onRetry={reload} />
  if (!data) return <p role="status">{messages.organisation.loading}</p>
  if (!first) return <NoOrganisation />
  return (
    <label className="field organisation">
      <span>{messages.organisation.label}</span>
      <select value={value} onChange={(event) => onChange(event.target.value)}>
        {data.data.map(({ id, name }) => (
          <option key={id} value={id}>
            {name ?? id}
          </option>
        ))}
      </select>
    </label>
  )
}

function NoOrganisation() {
  const body = JSON.stringify({ name: messages.organisation.exampleName })
  const command = [
    `curl -X PUT ${apiUrl}v1/organisations/$(uuidgen)`,
    "  -H 'authorization: Bearer YOUR_API_KEY'",
    "  -H 'content-type: application/json'",
    `  -d '${body}'`,
  ].join(' \\\n')
  return (
    <div className="card wide">
      <h1>{messages.organisation.emptyTitle}</h1>
      <p>{messages.organisation.emptyText}</p>
      <Snippet text={command} label={messages.organisation.emptyTitle} />
    </div>
  )
}
