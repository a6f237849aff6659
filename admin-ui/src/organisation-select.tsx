import type { Organisation } from '@posthorn/sdk'
import { messages } from './messages.ts'

interface Props {
  organisations: readonly Organisation[]
  value: string
  onChange: (organisationId: string) => void
}

/** For platform keys: whose deliveries to look at. */
export function OrganisationSelect({ organisations, value, onChange }: Props) {
  return (
    <label className="field organisation">
      <span>{messages.organisation.label}</span>
      <select value={value} onChange={(event) => onChange(event.target.value)}>
        {organisations.map(({ id, name }) => (
          <option key={id} value={id}>
            {name ?? id}
          </option>
        ))}
      </select>
    </label>
  )
}
