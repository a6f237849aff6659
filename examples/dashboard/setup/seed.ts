import type { PrismaClient } from '../generated/prisma/client.ts'

const organisations = [
  {
    name: 'Lindenhof Property Management',
    users: ['Marta Lindqvist', 'Jonas Weber'],
    vendors: [
      { name: 'Aqua Plumbing & Heating', trade: 'plumbing' },
      { name: 'Voss Elektrotechnik', trade: 'electrical' },
    ],
    properties: [
      {
        name: 'Lindenhof',
        street: 'Lindenstraße 14',
        city: 'Leipzig',
        country: 'DE',
        unitCount: 12,
        tenants: [
          { name: 'Amara Okafor', unit: '3B' },
          { name: 'Felix Brandt', unit: '1A' },
        ],
        issues: [
          {
            title: 'Water dripping from the kitchen ceiling',
            description:
              'Started last night, about a cup an hour. The flat above is empty this week.',
            priority: 'urgent',
          },
          {
            title: 'Front door does not lock',
            description: 'The latch catches only if one lifts the door.',
            priority: 'high',
          },
        ],
        documents: [{ title: 'Gas safety certificate 2026', kind: 'safety_certificate' }],
      },
      {
        name: 'Alte Spinnerei',
        street: 'Spinnereistraße 7',
        city: 'Leipzig',
        country: 'DE',
        unitCount: 31,
        tenants: [{ name: 'Studio Nord GmbH', unit: 'Loft 4' }],
        issues: [
          {
            title: 'Radiator stays cold',
            description: 'In the room to the yard; the others are warm.',
            priority: 'normal',
          },
        ],
        documents: [{ title: 'Building insurance', kind: 'insurance' }],
      },
    ],
  },
  {
    name: 'Quayside Homes',
    users: ['Aoife Byrne'],
    vendors: [{ name: 'Quay Locksmiths', trade: 'access' }],
    properties: [
      {
        name: 'Quayside',
        street: '2 Sir John Rogerson’s Quay',
        city: 'Dublin',
        country: 'IE',
        unitCount: 20,
        tenants: [{ name: 'Niamh Kelly', unit: '12' }],
        issues: [
          {
            title: 'Lost key of the bicycle store',
            description: 'Two spare keys are with the caretaker.',
            priority: 'low',
          },
        ],
        documents: [],
      },
    ],
  },
]

export async function seed(prisma: PrismaClient): Promise<void> {
  for (const { name, users, vendors, properties } of organisations) {
    const { id: organisationId } = await prisma.organisation.create({ data: { name } })
    const owned = <Row>(rows: Row[]) => rows.map((row) => ({ ...row, organisationId }))
    await prisma.user.createMany({ data: owned(users.map((user) => ({ name: user }))) })
    await prisma.vendor.createMany({ data: owned(vendors) })
    for (const { tenants, issues, documents, ...property } of properties) {
      await prisma.property.create({
        data: {
          ...property,
          organisationId,
          tenants: { create: owned(tenants) },
          issues: { create: owned(issues) },
          documents: { create: owned(documents) },
        },
      })
    }
  }
}
