import type { Metadata } from 'next'
import { prisma } from '../../database/prisma.ts'
import { getViewer } from '../../session/viewer.ts'

export const metadata: Metadata = { title: 'Properties' }

export default async function Page() {
  const { organisationId } = await getViewer()
  const properties = await prisma.property.findMany({
    where: { organisationId },
    include: { _count: { select: { tenants: true, issues: true } } },
    orderBy: { name: 'asc' },
  })
  return (
    <>
      <h1>Properties</h1>
      <div className="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Address</th>
              <th scope="col">Units</th>
              <th scope="col">Tenants</th>
              <th scope="col">Issues</th>
            </tr>
          </thead>
          <tbody>
            {properties.map(({ id, name, street, city, country, unitCount, _count }) => (
              <tr key={id}>
                <th scope="row">{name}</th>
                <td>
                  {street}, {city}, {country}
                </td>
                <td>{unitCount}</td>
                <td>{_count.tenants}</td>
                <td>{_count.issues}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}
