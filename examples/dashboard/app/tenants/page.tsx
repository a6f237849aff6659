import type { Metadata } from 'next'
import { prisma } from '../../database/prisma.ts'
import { MutationForm } from '../../parts/mutation-form.tsx'
import { Options } from '../../parts/options.tsx'
import { getViewer } from '../../session/viewer.ts'

export const metadata: Metadata = { title: 'Tenants' }

const move = /* GraphQL */ `
  mutation ($id: UUID!, $propertyId: UUID!, $unit: String!) {
    moveTenant(id: $id, propertyId: $propertyId, unit: $unit) { id }
  }
`

export default async function Page() {
  const { organisationId } = await getViewer()
  const [tenants, properties] = await Promise.all([
    prisma.tenant.findMany({
      where: { organisationId },
      include: { property: true },
      orderBy: { name: 'asc' },
    }),
    prisma.property.findMany({ where: { organisationId }, orderBy: { name: 'asc' } }),
  ])
  return (
    <>
      <h1>Tenants</h1>
      <div className="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Property</th>
              <th scope="col">Unit</th>
            </tr>
          </thead>
          <tbody>
            {tenants.map(({ id, name, property, unit }) => (
              <tr key={id}>
                <th scope="row">{name}</th>
                <td>{property.name}</td>
                <td>{unit}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <section className="card" aria-labelledby="move">
        <h2 id="move">Move a tenant</h2>
        <MutationForm mutation={move} submit="Move" className="fields">
          <label>
            Tenant
            <select name="id">
              <Options of={tenants} />
            </select>
          </label>
          <label>
            To
            <select name="propertyId">
              <Options of={properties} />
            </select>
          </label>
          <label>
            Unit
            <input name="unit" required maxLength={20} />
          </label>
        </MutationForm>
      </section>
    </>
  )
}
