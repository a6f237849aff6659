import { expect, test } from 'vitest'
import { idOf } from '../../admin-ui/src/console/palette/id-of.ts'

test('an id is known with blanks around it and in capitals, and other text is no id', () => {
  const id = '019a9d2e-5c00-7000-8000-000000000001'
  expect(idOf(` ${id.toUpperCase()}\n`)).toBe(id)
  expect(idOf(id.slice(1))).toBeUndefined()
  expect(idOf('IssueCreated')).toBeUndefined()
})
