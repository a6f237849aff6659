import fc from 'fast-check'
import { expect, test } from 'vitest'
import { accentColors, contrast } from '../../admin-ui/src/console/accent.ts'

const colour = fc
  .integer({ min: 0, max: 0xffffff })
  .map((value) => `#${value.toString(16).padStart(6, '0')}`)

test('whatever colour a host has, text in it can be read, on white and on dark', () => {
  fc.assert(
    fc.property(colour, (accent) => {
      const shades = accentColors(accent)
      expect(shades).toHaveLength(10)
      for (const shade of [6, 7, 8, 9]) {
        expect(contrast(shades[shade] as string, '#ffffff')).toBeGreaterThanOrEqual(4.5)
      }
      for (const shade of [3, 4]) {
        expect(contrast(shades[shade] as string, '#242424')).toBeGreaterThanOrEqual(4.5)
      }
    }),
  )
})

test('a colour that can be read as it is stays as it is', () => {
  expect(accentColors('#0b5a66')[7]).toBe('rgba(11, 90, 102, 1)')
})
