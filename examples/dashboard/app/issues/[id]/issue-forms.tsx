import { words } from '../../../activity/describe-event.ts'
import type { Issue, Vendor } from '../../../generated/prisma/client.ts'
import { MutationForm } from '../../../parts/mutation-form.tsx'

const statuses = ['open', 'in_progress', 'waiting', 'resolved', 'closed']

const changeStatus = /* GraphQL */ `
  mutation ($id: UUID!, $to: IssueStatus!, $reason: String) {
    changeIssueStatus(id: $id, to: $to, reason: $reason) { id }
  }
`
const assignVendor = /* GraphQL */ `
  mutation ($id: UUID!, $vendorId: UUID!) { assignVendor(id: $id, vendorId: $vendorId) { id } }
`
const addNote = /* GraphQL */ `
  mutation ($id: UUID!, $text: String!) { addNote(id: $id, text: $text) { id } }
`

export function IssueForms({ issue, vendors }: { issue: Issue; vendors: Vendor[] }) {
  const variables = { id: issue.id }
  return (
    <>
      <section className="card" aria-labelledby="status">
        <h2 id="status">Status</h2>
        <MutationForm
          mutation={changeStatus}
          variables={variables}
          submit="Change status"
          className="fields"
        >
          <label>
            New status
            <select key={issue.status} name="to" defaultValue={issue.status}>
              {statuses.map((status) => (
                <option key={status} value={status}>
                  {words(status)}
                </option>
              ))}
            </select>
          </label>
          <label>
            Reason <span className="none">(optional)</span>
            <input name="reason" maxLength={500} />
          </label>
        </MutationForm>
      </section>

      <section className="card" aria-labelledby="vendor">
        <h2 id="vendor">Vendor</h2>
        <MutationForm
          mutation={assignVendor}
          variables={variables}
          submit="Assign"
          className="fields"
        >
          <label className="wide">
            Who works on it
            <select key={issue.vendorId} name="vendorId" defaultValue={issue.vendorId ?? undefined}>
              {vendors.map(({ id, name, trade }) => (
                <option key={id} value={id}>
                  {name} ({trade})
                </option>
              ))}
            </select>
          </label>
        </MutationForm>
      </section>

      <section className="card" aria-labelledby="note">
        <h2 id="note">Note</h2>
        <MutationForm mutation={addNote} variables={variables} submit="Add note" className="fields">
          <label className="wide">
            What others should know
            <textarea name="text" required rows={3} />
          </label>
        </MutationForm>
      </section>
    </>
  )
}
