import type { Metadata } from 'next'
import { words } from '../../activity/describe-event.ts'
import { prisma } from '../../database/prisma.ts'
import { MutationForm } from '../../parts/mutation-form.tsx'
import { Options } from '../../parts/options.tsx'
import { getViewer } from '../../session/viewer.ts'

export const metadata: Metadata = { title: 'Documents' }

const kinds = ['lease', 'insurance', 'safety_certificate', 'invoice', 'inspection']

const file = /* GraphQL */ `
  mutation ($propertyId: UUID!, $title: String!, $kind: DocumentKind!, $expiresOn: Day) {
    fileDocument(propertyId: $propertyId, title: $title, kind: $kind, expiresOn: $expiresOn) { id }
  }
`

export default async function Page() {
  const { organisationId } = await getViewer()
  const [documents, properties] = await Promise.all([
    prisma.document.findMany({
      where: { organisationId },
      include: { property: true },
      orderBy: { title: 'asc' },
    }),
    prisma.property.findMany({ where: { organisationId }, orderBy: { name: 'asc' } }),
  ])
  return (
    <>
      <h1>Documents</h1>
      {documents.length === 0 ? (
        <p className="empty">Nothing is filed yet.</p>
      ) : (
        <div className="scroll">
          <table>
            <thead>
              <tr>
                <th scope="col">Title</th>
                <th scope="col">Kind</th>
                <th scope="col">Property</th>
                <th scope="col">Expires</th>
              </tr>
            </thead>
            <tbody>
              {documents.map(({ id, title, kind, property, expiresOn }) => (
                <tr key={id}>
                  <th scope="row">{title}</th>
                  <td>{words(kind)}</td>
                  <td>{property.name}</td>
                  <td>{expiresOn?.toISOString().slice(0, 10) ?? 'never'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <section className="card" aria-labelledby="file">
        <h2 id="file">File a document</h2>
        <MutationForm mutation={file} submit="File" className="fields">
          <label className="wide">
            Title
            <input name="title" required maxLength={200} />
          </label>
          <label>
            Kind
            <select name="kind">
              {kinds.map((kind) => (
                <option key={kind} value={kind}>
                  {words(kind)}
                </option>
              ))}
            </select>
          </label>
          <label>
            Property
            <select name="propertyId">
              <Options of={properties} />
            </select>
          </label>
          <label>
            Expires <span className="none">(optional)</span>
            <input name="expiresOn" type="date" />
          </label>
        </MutationForm>
      </section>
    </>
  )
}
