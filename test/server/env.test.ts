import { expect, test } from 'vitest'
import { readEnvironment } from '../../server/env.ts'
import { PosthornError } from '../../server/kernel/errors.ts'

test('a process does everything unless it is told otherwise, and the command line has the last word', () => {
  expect(readEnvironment({}).role).toBe('all')
  expect(readEnvironment({ POSTHORN_ROLE: 'api' }).role).toBe('api')
  expect(readEnvironment({ POSTHORN_ROLE: 'api' }, ['--role', 'dispatcher']).role).toBe(
    'dispatcher',
  )
  expect(readEnvironment({}, ['--role=api']).role).toBe('api')
})

test.each([
  [{}, ['--role', 'worker'], '--role is "worker". Use all, api, or dispatcher.'],
  [{ POSTHORN_ROLE: 'both' }, [], 'POSTHORN_ROLE is "both". Use all, api, or dispatcher.'],
  [{}, ['--rolle', 'api'], 'The command line is "--rolle api". --role is the only option'],
  [{}, ['dispatcher'], 'The command line is "dispatcher". --role is the only option'],
  [{ PORT: 'x' }, ['--role', 'worker'], 'PORT is "x".'],
])('%j with %j is refused, and says what to do', (env, args, text) => {
  let thrown: unknown
  try {
    readEnvironment(env, args)
  } catch (error) {
    thrown = error
  }
  expect(thrown).toBeInstanceOf(PosthornError)
  expect((thrown as PosthornError).message).toContain(text)
})
