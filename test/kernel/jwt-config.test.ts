import { expect, test } from 'vitest'
import type { FieldIssue } from '../../server/kernel/errors.ts'
import { type JwtOptions, resolveJwt } from '../../server/kernel/jwt-config.ts'

const secret = 's'.repeat(32)
const jwksUrl = 'https://id.example.com/jwks.json'
const named = { issuer: 'https://id.example.com', audience: 'posthorn' }

function complaints(options: JwtOptions): string[] {
  const issues: FieldIssue[] = []
  resolveJwt(options, issues)
  expect(issues.every(({ fix }) => fix)).toBe(true)
  return issues.map(({ field, message }) => `${field} ${message}`)
}

test('public keys bring their algorithms, and a secret brings its own', () => {
  expect(resolveJwt({ ...named, jwksUrl }, [])).toEqual({
    ...named,
    keys: new URL(jwksUrl),
    algorithms: ['RS256', 'ES256', 'EdDSA'],
    clockToleranceSeconds: 5,
    organisationClaim: 'organisation_id',
    scopesClaim: 'scope',
    platformClaim: undefined,
  })
  expect(resolveJwt({ ...named, secret }, []).algorithms).toEqual(['HS256'])
})

test.each([
  [{ secret }, []],
  [{ jwksUrl: 'http://127.0.0.1:3000/jwks' }, []],
  [{}, ['jwt.jwksUrl or jwt.secret is needed']],
  [{ secret, jwksUrl }, ['jwt.jwksUrl and jwt.secret are both set']],
  [{ jwksUrl: 'http://id.example.com/jwks' }, ['jwt.jwksUrl cannot be trusted']],
  [{ jwksUrl: 'id.example.com' }, ['jwt.jwksUrl cannot be trusted']],
  [{ secret: 'é'.repeat(15) }, ['jwt.secret has 30 bytes']],
  [{ secret, algorithms: ['HS512'] }, ['jwt.secret has 32 bytes']],
  [{ secret, algorithms: ['none'] }, ['jwt.algorithms has none']],
  [{ secret, algorithms: ['RS256'] }, ['jwt.algorithms has RS256']],
  [{ jwksUrl, algorithms: ['ES256', 'HS256'] }, ['jwt.algorithms has HS256']],
  [{ jwksUrl, algorithms: [] }, ['jwt.algorithms is empty']],
  [{ secret, clockToleranceSeconds: Number.NaN }, ['jwt.clockToleranceSeconds is NaN']],
  [{ secret, clockToleranceSeconds: 3600 }, ['jwt.clockToleranceSeconds is 3600']],
  [{ secret, organisationClaim: '' }, ['jwt.organisationClaim is empty']],
  [{ secret, platformClaim: { name: 'role', value: '' } }, ['jwt.platformClaim is not complete']],
] satisfies [Partial<JwtOptions>, string[]][])('%j: %j', (options, said) => {
  expect(complaints({ ...named, ...options })).toEqual(said)
})

test('all mistakes are told at once', () => {
  expect(complaints({ issuer: '', audience: '', secret: 'short' })).toEqual([
    'jwt.issuer is missing',
    'jwt.audience is missing',
    'jwt.secret has 5 bytes',
  ])
})
