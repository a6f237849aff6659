import { describe, expect, test } from 'vitest'
import { organisationOf, requirePlatform, tenantOf } from '../../server/http/organisation-of.ts'
import type { Actor } from '../../server/kernel/actor.ts'
import { commonErrors, PosthornError } from '../../server/kernel/errors.ts'
import { actorWith } from '../support/actor.ts'

const own = '5f0c4a52-6a0e-4b0e-9a86-2f6f6d1c7b11'
const other = '0b8e0c54-3c3f-4f0c-8d0e-3a1f0e9b7c22'
const bound = actorWith({ organisationId: own })
const platform: Actor = { ...bound, organisationId: null }

function errorOf(work: () => unknown): PosthornError {
  try {
    work()
  } catch (error) {
    if (error instanceof PosthornError) return error
  }
  throw new Error('expected a PosthornError')
}

describe('a credential of an organisation', () => {
  test('means its own, named or not, however the id is written', () => {
    for (const requested of [undefined, null, own, own.toUpperCase()]) {
      expect(organisationOf(bound, requested)).toBe(own)
      expect(tenantOf(bound, requested)).toBe(own)
    }
  })

  test('cannot tell another organisation from one that does not exist', () => {
    const missing = commonErrors.not_found()
    for (const error of [
      errorOf(() => organisationOf(bound, other)),
      errorOf(() => tenantOf(bound, other)),
    ]) {
      expect({ ...error }).toEqual({ ...missing })
      expect(error.message).toBe(missing.message)
    }
  })

  test('is refused what only the platform may', () => {
    expect(errorOf(() => requirePlatform(bound))).toMatchObject({
      status: 403,
      code: 'platform_credential_required',
    })
  })
})

describe('a credential of the platform', () => {
  test('means the organisation it names', () => {
    expect(organisationOf(platform, other)).toBe(other)
    expect(tenantOf(platform, other)).toBe(other)
  })

  test('must name one where one is needed', () => {
    expect(errorOf(() => organisationOf(platform))).toMatchObject({
      status: 400,
      code: 'organisation_required',
      issues: [{ field: 'organisationId' }],
    })
  })

  test('sees all where it may', () => {
    expect(tenantOf(platform)).toBe('platform')
    expect(() => requirePlatform(platform)).not.toThrow()
  })
})
