import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import type { ReactNode } from 'react'
import { theme } from './theme.ts'

export interface ThemeProviderProps {
  children: ReactNode
  /** Light, dark, or what the system says. When it is given the person cannot choose. */
  colorScheme?: 'light' | 'dark' | 'auto' | undefined
  /** For the content security policy: the nonce of the style elements that the kit writes. */
  styleNonce?: string | undefined
}

export function ThemeProvider({ children, colorScheme, styleNonce }: ThemeProviderProps) {
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme={colorScheme ?? 'auto'}
      {...(colorScheme && colorScheme !== 'auto' ? { forceColorScheme: colorScheme } : {})}
      {...(styleNonce ? { getStyleNonce: () => styleNonce } : {})}
    >
      <Notifications position="bottom-right" />
      {children}
    </MantineProvider>
  )
}
