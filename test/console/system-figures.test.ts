import { expect, test } from 'vitest'
import { describeBuckets } from '../../admin-ui/src/system/bucket-ranges.ts'
import { describeBytes } from '../../admin-ui/src/ui/describe-bytes.ts'

test('buckets that follow each other are written as a range, in order', () => {
  expect(describeBuckets([3, 1, 2, 63, 7, 8])).toBe('1–3, 7–8, 63')
  expect(describeBuckets([])).toBe('')
})

test('a size is written in the unit in which it can be read', () => {
  expect(describeBytes(0)).toBe('0 byte')
  expect(describeBytes(999)).toBe('999 byte')
  expect(describeBytes(2100)).toBe('2.1 kB')
  expect(describeBytes(5_130_000)).toBe('5.13 MB')
  expect(describeBytes(7_000_000_000_000_000)).toBe('7,000 TB')
})
