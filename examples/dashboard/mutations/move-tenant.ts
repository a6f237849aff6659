import type { Context } from '../graphql/context.ts'
import { notFound } from './not-found.ts'

interface Move {
  id: string
  propertyId: string
  unit: string
}

export function moveTenant({ viewer, change }: Context, { id, propertyId, unit }: Move) {
  const { organisationId } = viewer
  return change(async (tx, emit) => {
    const property = await tx.property.findUnique({ where: { id: propertyId, organisationId } })
    if (!property) return notFound('property', propertyId)
    await tx.$executeRaw`SELECT FROM tenants WHERE id = ${id}::uuid FOR UPDATE`
    const before = await tx.tenant.findUnique({ where: { id, organisationId } })
    if (!before) return notFound('tenant', id)
    const tenant = await tx.tenant.update({ where: { id }, data: { propertyId, unit } })
    await emit({
      eventType: 'TenantMovedProperty',
      entityType: 'Tenant',
      entityId: id,
      data: {
        from: { propertyId: before.propertyId, unit: before.unit },
        to: { propertyId, unit },
        movedOn: new Date().toISOString().slice(0, 10),
        name: tenant.name,
      },
    })
    return tenant
  })
}
