import { cookies } from 'next/headers'
import { prisma } from '../database/prisma.ts'

export const viewerCookie = 'dashboard-user'

export interface Viewer {
  userId: string
  name: string
  organisationId: string
  organisationName: string
}

/**
 * Who is signed in. This stands for your own sign-in: here a cookie names one of the seeded users and nobody checks it,
 * so that one can look at the dashboard with the eyes of each.
 */
export async function getViewer(): Promise<Viewer> {
  const chosen = (await cookies()).get(viewerCookie)?.value
  const users = await listUsers()
  const user = users.find(({ id }) => id === chosen) ?? users[0]
  if (!user)
    throw new Error('There are no users. Start the dashboard by start.ts, which seeds some.')
  return {
    userId: user.id,
    name: user.name,
    organisationId: user.organisationId,
    organisationName: user.organisation.name,
  }
}

export function listUsers() {
  return prisma.user.findMany({
    include: { organisation: true },
    orderBy: [{ organisation: { name: 'asc' } }, { name: 'asc' }],
  })
}
