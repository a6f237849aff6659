import { createContext, type Dispatch, type SetStateAction, use } from 'react'

export interface Preferences {
  /** How times are written. */
  time: 'relative' | 'local' | 'utc'
  /** WCAG 2.1.4: shortcuts of one key can be switched off. */
  shortcuts: boolean
  /** Height of rows. */
  density: 'comfortable' | 'compact'
  deliveries: DeliveryLogPreferences
}

/** How the delivery log looks. */
export interface DeliveryLogPreferences {
  hiddenColumns: readonly string[]
  chart: boolean
  /** Width of the pane beside the list. */
  pane: `${number}px`
  /** A person's own views: a name and what stands in the address. */
  views: readonly { name: string; search: string }[]
}

export const defaultPreferences: Preferences = {
  time: 'relative',
  shortcuts: true,
  density: 'comfortable',
  deliveries: { hiddenColumns: [], chart: true, pane: '560px', views: [] },
}

type Stored = Partial<Preferences>

export const PreferencesContext = createContext<[Stored, Dispatch<SetStateAction<Stored>>]>([
  {},
  () => {},
])

/** What a person likes. */
export function usePreferences(): [Preferences, (change: Stored) => void] {
  const [stored, setStored] = use(PreferencesContext)
  return [
    { ...defaultPreferences, ...stored },
    (change) => setStored((current) => ({ ...current, ...change })),
  ]
}
