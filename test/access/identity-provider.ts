import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'

export const issuer = 'https://id.example.com'
export const audience = 'posthorn'

/** A key pair of the host. */
export async function createSigningKey(kid: string, algorithm = 'ES256') {
  const { publicKey, privateKey } = await generateKeyPair(algorithm, { extractable: true })
  const jwk = { ...(await exportJWK(publicKey)), kid, alg: algorithm, use: 'sig' }
  return { kid, algorithm, publicKey, privateKey, jwk }
}

type SigningKey = Awaited<ReturnType<typeof createSigningKey>>

/** Claims that are accepted, but for those that the test sets, or takes away with undefined. */
export function claimsWith(changes: object = {}): JWTPayload {
  const nowSeconds = Math.floor(Date.now() / 1000)
  return {
    iss: issuer,
    aud: audience,
    sub: 'user_4711',
    exp: nowSeconds + 300,
    organisation_id: '5f0c4a52-6a0e-4b0e-9a86-2f6f6d1c7b11',
    scope: 'deliveries:read events:read',
    ...changes,
  }
}

export function signWith(key: SigningKey, changes: object = {}): Promise<string> {
  return new SignJWT(claimsWith(changes))
    .setProtectedHeader({ alg: key.algorithm, kid: key.kid })
    .sign(key.privateKey)
}

/** A real server that publishes keys, and counts who asks. */
export async function startIdentityProvider() {
  const published = { keys: [] as object[], status: 200, asked: 0 }
  const server = createServer((_request, response) => {
    published.asked++
    response.writeHead(published.status, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ keys: published.keys }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const jwksUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`
  return {
    jwksUrl,
    published,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
