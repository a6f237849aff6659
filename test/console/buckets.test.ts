import { expect, test } from 'vitest'
import { describeBuckets } from '../../admin-ui/src/system/bucket-ranges.ts'

test('buckets that follow each other are written as a range, in order', () => {
  expect(describeBuckets([3, 1, 2, 63, 7, 8])).toBe('1–3, 7–8, 63')
  expect(describeBuckets([])).toBe('')
})
