import { expect, test } from 'vitest'
import { readEnvironment } from '../../server/env.ts'
import { PosthornError } from '../../server/kernel/errors.ts'

test('a process does everything unless it is told otherwise, and the command line has the last word', () => {
  expect(readEnvironment({}).role).toBe('all')
  expect(readEnvironment({ POSTHORN_ROLE: 'api' }).role).toBe('api')
  expect(readEnvironment({ POSTHORN_ROLE: 'api' }, 'dispatcher').role).toBe('dispatcher')
})

test.each([
  [{}, 'worker', '--role is "worker". Use all, api, or dispatcher.'],
  [{ POSTHORN_ROLE: 'both' }, undefined, 'POSTHORN_ROLE is "both". Use all, api, or dispatcher.'],
  [{ PORT: 'x' }, 'worker', 'PORT is "x".'],
])('%j with --role %j is refused, and says what to do', (env, role, text) => {
  let thrown: unknown
  try {
    readEnvironment(env, role)
  } catch (error) {
    thrown = error
  }
  expect(thrown).toBeInstanceOf(PosthornError)
  expect((thrown as PosthornError).message).toContain(text)
})

test('JWTs are accepted when anything is said of them, and all of it is read', () => {
  expect(readEnvironment({}).options.jwt).toBeUndefined()
  expect(readEnvironment({ POSTHORN_JWT_ISSUER: 'a' }).options.jwt).toMatchObject({
    issuer: 'a',
    audience: '',
  })
  const { options } = readEnvironment({
    POSTHORN_JWT_ISSUER: 'https://id.example.com',
    POSTHORN_JWT_AUDIENCE: 'posthorn',
    POSTHORN_JWT_JWKS_URL: 'https://id.example.com/jwks.json',
    POSTHORN_JWT_SECRET: 's',
    POSTHORN_JWT_ALGORITHMS: 'ES256, RS256',
    POSTHORN_JWT_CLOCK_TOLERANCE_SECONDS: '9',
    POSTHORN_JWT_ORGANISATION_CLAIM: 'org',
    POSTHORN_JWT_SCOPES_CLAIM: 'permissions',
    POSTHORN_JWT_PLATFORM_CLAIM: 'role',
    POSTHORN_JWT_PLATFORM_VALUE: 'operator',
  })
  expect(options.jwt).toEqual({
    issuer: 'https://id.example.com',
    audience: 'posthorn',
    jwksUrl: 'https://id.example.com/jwks.json',
    secret: 's',
    algorithms: ['ES256', 'RS256'],
    clockToleranceSeconds: 9,
    organisationClaim: 'org',
    scopesClaim: 'permissions',
    platformClaim: { name: 'role', value: 'operator' },
  })
})

test('origins come separated by commas', () => {
  const env = { POSTHORN_CORS_ORIGINS: 'https://a.example, https://b.example' }
  expect(readEnvironment(env).options.corsOrigins).toEqual([
    'https://a.example',
    'https://b.example',
  ])
})
