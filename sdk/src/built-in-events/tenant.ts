import { z } from 'zod'
import type { EventDefinitions } from '../event-definitions.ts'
import { amount, changes, currency, day, deletionReason, idOf, text, word } from './fields.ts'

const entity = 'Tenant'

const tenantFields = {
  name: text('Full name of the person or company that rents'),
  email: z.email().nullish().describe('Where to write to'),
  phone: z.string().nullish().describe('Phone number, international form preferred'),
  status: word('Stage of the tenancy', [
    'prospective',
    'current',
    'notice_given',
    'former',
  ]).nullish(),
  propertyId: idOf('the property the tenant lives in').nullish(),
  unit: z.string().nullish().describe('Flat or unit within the property'),
  leaseStart: day('First day of the lease').nullish(),
  leaseEnd: day('Last day of the lease; null when open-ended').nullish(),
  monthlyRent: amount('Rent per month').nullish(),
  currency: currency.nullish(),
}

const home = z.looseObject({
  propertyId: idOf('the property'),
  unit: z.string().nullish().describe('Flat or unit within the property'),
})

const tenant = {
  name: 'Amara Okafor',
  email: 'amara.okafor@example.com',
  phone: '+49 341 5550142',
  status: 'current',
  propertyId: '019a8f3e-6c1d-7b52-9e04-3d5a7f1c2b60',
  unit: '3B',
  leaseStart: '2025-10-01',
  leaseEnd: null,
  monthlyRent: 940,
  currency: 'EUR',
}

export const tenantEvents = {
  TenantCreated: {
    entity,
    description: 'A tenant was added.',
    data: z.looseObject(tenantFields),
    example: tenant,
  },
  TenantUpdated: {
    entity,
    description: 'Fields of a tenant changed. A move also has an event of its own.',
    data: z.looseObject({ ...tenantFields, changes }),
    example: { ...tenant, changes: { phone: { from: null, to: '+49 341 5550142' } } },
  },
  TenantDeleted: {
    entity,
    description: 'A tenant was removed. Only the name is repeated; personal data is not.',
    data: z.looseObject({ name: tenantFields.name, reason: deletionReason }),
    example: { name: tenant.name, reason: 'Moved out; retention period over' },
  },
  TenantMovedProperty: {
    entity,
    description: 'A tenant moved in, out, or from one property or unit to another.',
    data: z.looseObject({
      from: home.nullable().describe('Home before; null when moving in'),
      to: home.nullable().describe('Home now; null when moving out'),
      movedOn: day('Day of the move'),
      name: tenantFields.name.optional(),
    }),
    example: {
      from: { propertyId: tenant.propertyId, unit: '3B' },
      to: { propertyId: '019a9260-17c8-7d9e-a4f3-80b5e6d2c914', unit: '1A' },
      movedOn: '2026-04-01',
      name: tenant.name,
    },
  },
} as const satisfies EventDefinitions
