import {
  createTheme,
  defaultVariantColorsResolver,
  getContrastColor,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from '@mantine/core'

const brass: MantineColorsTuple = [
  '#fdf6e7',
  '#f6e8ca',
  '#ecd096',
  '#e2b65e',
  '#d99f33',
  '#c98a16',
  '#a8700a',
  '#8c5c06',
  '#704904',
  '#553702',
]

/** The kit's, but darker where white stands on it. */
const red: MantineColorsTuple = [
  '#fff5f5',
  '#ffe3e3',
  '#ffc9c9',
  '#ffa8a8',
  '#ff8787',
  '#ff6b6b',
  '#e03131',
  '#c92a2a',
  '#a61e1e',
  '#8a1717',
]

const fontFamily = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif'

/** Black or white on a filled button: the kit asks what the light theme needs, and dark fills are light. */
const variantColorResolver: VariantColorsResolver = (input) => {
  const colors = defaultVariantColorsResolver(input)
  if (input.variant !== 'filled') return colors
  const contrast = (colorScheme: 'light' | 'dark') =>
    getContrastColor({ color: input.color, theme: input.theme, colorScheme, autoContrast: true })
  return { ...colors, color: `light-dark(${contrast('light')}, ${contrast('dark')})` }
}

/** Dense enough for a log, large enough to hit: targets are 24 px at least. */
export const theme = createTheme({
  colors: { brass, red },
  primaryColor: 'brass',
  primaryShade: { light: 7, dark: 4 },
  autoContrast: true,
  // Where black and white are as far from a colour as each other.
  luminanceThreshold: 0.179,
  variantColorResolver,
  fontFamily,
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  headings: { fontFamily, fontWeight: '650' },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'sm' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    Tooltip: { defaultProps: { openDelay: 300, withArrow: true } },
    // Its head is no banner of the page; nor is a place to put the focus an item of a menu.
    Modal: { defaultProps: { centered: true, attributes: { header: { role: 'presentation' } } } },
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
  },
})
