import { createTheme, type MantineColorsTuple } from '@mantine/core'

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

const fontFamily = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif'

/** Dense enough for a log, large enough to hit: targets are 24 px at least. */
export const theme = createTheme({
  colors: { brass },
  primaryColor: 'brass',
  primaryShade: { light: 7, dark: 4 },
  autoContrast: true,
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
    Modal: { defaultProps: { centered: true } },
  },
})
