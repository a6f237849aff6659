import {
  type DeliveryLogPreferences,
  defaultPreferences,
  usePreferences,
} from '../preferences/use-preferences.ts'

export function useLogPreferences(): [
  DeliveryLogPreferences,
  (change: Partial<DeliveryLogPreferences>) => void,
] {
  const [{ deliveries: stored }, setPreferences] = usePreferences()
  const current = { ...defaultPreferences.deliveries, ...stored }
  return [current, (change) => setPreferences({ deliveries: { ...current, ...change } })]
}
