import { getPosthorn } from '../../../../posthorn/posthorn.ts'

/** The API, the live tail and the console of Posthorn, at /api/posthorn. */
const handle = (request: Request) => getPosthorn().posthorn.fetch(request)

export {
  handle as DELETE,
  handle as GET,
  handle as HEAD,
  handle as OPTIONS,
  handle as PATCH,
  handle as POST,
  handle as PUT,
}
