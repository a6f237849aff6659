import {
  type MantineColorScheme,
  type MantineColorSchemeManager,
  MantineProvider,
  type MantineThemeOverride,
  mergeThemeOverrides,
} from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { type ReactNode, useMemo } from 'react'
import { accentColors } from './accent.ts'
import { theme as ownTheme } from './theme.ts'

export interface ThemeProviderProps {
  children: ReactNode
  /** Light, dark, or what the system says. When it is given the person cannot choose. */
  colorScheme?: MantineColorScheme | undefined
  /** The host's colour instead of ours, `#rrggbb`. */
  accent?: string | undefined
  /** For the content security policy: the nonce of the style elements that the kit writes. */
  styleNonce?: string | undefined
  /** In a host's document: what all of ours stands in, and where in there dialogs and menus go. */
  scope?: StyleScope | undefined
}

export interface StyleScope {
  root: HTMLElement
  /** A selector of `root`. */
  selector: string
  portals: HTMLElement
}

export function ThemeProvider({
  children,
  colorScheme,
  accent,
  styleNonce,
  scope,
}: ThemeProviderProps) {
  const theme = useMemo(() => themeFor(accent, scope), [accent, scope])
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme={colorScheme ?? 'auto'}
      {...(colorScheme && { colorSchemeManager: hostsChoice })}
      {...(colorScheme && colorScheme !== 'auto' ? { forceColorScheme: colorScheme } : {})}
      {...(styleNonce ? { getStyleNonce: () => styleNonce } : {})}
      {...(scope && {
        cssVariablesSelector: scope.selector,
        getRootElement: () => scope.root,
      })}
    >
      <Notifications position="bottom-right" />
      {children}
    </MantineProvider>
  )
}

/** Keeps nothing: the host says it each time. */
const hostsChoice: MantineColorSchemeManager = {
  get: (chosen) => chosen,
  set: () => {},
  subscribe: () => {},
  unsubscribe: () => {},
  clear: () => {},
}

function themeFor(accent: string | undefined, scope: StyleScope | undefined) {
  const overrides: MantineThemeOverride[] = []
  if (accent) overrides.push({ colors: { accent: accentColors(accent) }, primaryColor: 'accent' })
  if (scope) {
    overrides.push({
      components: {
        Portal: { defaultProps: { target: scope.portals } },
        // The page that would be kept from scrolling is the host's.
        Modal: {
          defaultProps: { ...ownTheme.components?.['Modal']?.defaultProps, lockScroll: false },
        },
        Drawer: { defaultProps: { lockScroll: false } },
        Spotlight: { defaultProps: { lockScroll: false } },
      },
    })
  }
  return mergeThemeOverrides(ownTheme, ...overrides)
}
