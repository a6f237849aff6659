import { useLocalStorage } from '@mantine/hooks'

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

/** What a person likes, kept in this browser. Nothing secret is ever in it. */
export function usePreferences(): [Preferences, (change: Partial<Preferences>) => void] {
  const [stored, setStored] = useLocalStorage<Partial<Preferences>>({
    key: 'posthorn-preferences',
    defaultValue: {},
    getInitialValueInEffect: false,
  })
  return [
    { ...defaultPreferences, ...stored },
    (change) => setStored((current) => ({ ...current, ...change })),
  ]
}
