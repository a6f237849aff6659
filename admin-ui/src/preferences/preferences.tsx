import { useLocalStorage } from '@mantine/hooks'
import { type ReactNode, useState } from 'react'
import { type Preferences, PreferencesContext } from './use-preferences.ts'

type Stored = Partial<Preferences>

/** Kept in this browser. Nothing secret is ever in it. */
export function KeptPreferences({ children }: { children: ReactNode }) {
  const state = useLocalStorage<Stored>({
    key: 'posthorn-preferences',
    defaultValue: {},
    getInitialValueInEffect: false,
  })
  return <PreferencesContext value={[state[0], state[1]]}>{children}</PreferencesContext>
}

/** Kept as long as the page: inside somebody else's page, storage is not ours to use. */
export function MemoryPreferences({ children }: { children: ReactNode }) {
  return <PreferencesContext value={useState<Stored>({})}>{children}</PreferencesContext>
}
