import { darken, lighten, luminance, type MantineColorsTuple } from '@mantine/core'

const lightBackground = '#ffffff'
const darkBackground = '#242424'
/** WCAG asks for 4.5 of text; a little more, because it also stands on tints of itself. */
const contrastMin = 5.2

/** Ten shades of the host's colour, those for text as much darker or lighter as it takes to read them. */
export function accentColors(accent: string): MantineColorsTuple {
  const onLight = untilReadable(accent, lightBackground, darken)
  const onDark = untilReadable(accent, darkBackground, lighten)
  return [
    lighten(onLight, 0.93),
    lighten(onLight, 0.85),
    lighten(onLight, 0.7),
    lighten(onDark, 0.2),
    onDark,
    accent,
    onLight,
    onLight,
    darken(onLight, 0.15),
    darken(onLight, 0.3),
  ]
}

export function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (high + 0.05) / (low + 0.05)
}

function untilReadable(
  colour: string,
  background: string,
  change: (colour: string, by: number) => string,
): string {
  const steps = Array.from({ length: 51 }, (_, step) => change(colour, step / 50))
  return steps.find((step) => contrast(step, background) >= contrastMin) ?? colour
}
