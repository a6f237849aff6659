import { z } from 'zod'
import type { EventDefinitions } from '../event-definitions.ts'
import { amount, changes, count, currency, deletionReason, idOf, text, word } from './fields.ts'

const entity = 'Property'

const address = z
  .looseObject({
    street: text('Street and number'),
    city: text('City'),
    postalCode: z.string().nullish().describe('Postal code, as written locally'),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .describe('ISO 3166-1 alpha-2 code'),
  })
  .describe('Where the property is')

const propertyFields = {
  name: text('What the property is called in the dashboard'),
  address,
  kind: word('Kind of property', ['apartment_building', 'single_family', 'commercial']).nullish(),
  status: word('Whether it is in use', ['active', 'vacant', 'renovation', 'sold']).nullish(),
  unitCount: count('Number of flats or units').nullish(),
  ownerId: idOf('the owner').nullish(),
  managerId: idOf('the person who manages it').nullish(),
  monthlyRent: amount('Rent of the whole property per month').nullish(),
  currency: currency.nullish(),
}

const house = {
  name: 'Lindenhof',
  address: { street: 'Lindenstraße 14', city: 'Leipzig', postalCode: '04109', country: 'DE' },
  kind: 'apartment_building',
  status: 'active',
  unitCount: 12,
  ownerId: '019a7c20-5b3e-7a41-8f92-0d6e4c1b9a75',
  managerId: '019a7c22-e81f-7c09-b5d4-93a7f2e60c18',
  monthlyRent: 11_480.5,
  currency: 'EUR',
}

export const propertyEvents = {
  PropertyCreated: {
    entity,
    description: 'A property was added.',
    data: z.looseObject(propertyFields),
    example: house,
  },
  PropertyUpdated: {
    entity,
    description: 'Fields of a property changed.',
    data: z.looseObject({ ...propertyFields, changes }),
    example: { ...house, changes: { unitCount: { from: 11, to: 12 } } },
  },
  PropertyDeleted: {
    entity,
    description: 'A property was removed. Its last known name and address are included.',
    data: z.looseObject({
      name: propertyFields.name,
      address: address.nullish(),
      reason: deletionReason,
    }),
    example: { name: house.name, address: house.address, reason: 'Sold in March 2026' },
  },
} as const satisfies EventDefinitions
