import { getPosthorn } from '../../../posthorn/posthorn.ts'
import { getViewer } from '../../../session/viewer.ts'

/** A short-lived token for the console: of the organisation that is signed in, and of no other. */
export async function POST(): Promise<Response> {
  const { organisationId, userId } = await getViewer()
  const { token } = await getPosthorn()
    .clientOf(organisationId)
    .portalTokens.create({ subject: userId, expiresInSeconds: 900 })
  return Response.json({ token })
}
