import { useEffect, useEffectEvent } from 'react'
import { tinykeys } from 'tinykeys'
import { usePreferences } from '../preferences/use-preferences.ts'
import { useEmbedding } from '../session/embedding.ts'
import { type Shortcut, useShortcutRegistry } from './registry.ts'

/**
 * Does something on keys, while the component is there. Keys that are typed into a field, or pressed while a dialog is
 * open, are not shortcuts; nor are those of a page that has the console as one of its parts.
 */
export function useShortcut(
  { keys, label, group }: Shortcut,
  run: () => void,
  active = true,
): void {
  const registry = useShortcutRegistry()
  const [{ shortcuts }] = usePreferences()
  const root = useEmbedding()?.root
  const enabled = active && (shortcuts || keys.includes('$mod'))
  const onKeys = useEffectEvent((event: KeyboardEvent) => {
    // Somebody's already. Not left to tinykeys to ignore: it would go on waiting for the second key of a pair.
    if (event.defaultPrevented) return
    event.preventDefault()
    run()
  })
  useEffect(() => {
    if (!enabled) return
    const forget = registry.add({ keys, label, group })
    const unbind = tinykeys(
      root ?? window,
      { [keys]: (event) => onKeys(event) },
      { ignore: isTyped },
    )
    return () => {
      unbind()
      forget()
    }
  }, [enabled, keys, label, group, registry, root])
}

function isTyped(event: KeyboardEvent): boolean {
  if (event.isComposing) return true
  const target = event.composedPath()[0]
  if (!(target instanceof HTMLElement)) return false
  const field = 'input:not([type=checkbox]):not([type=radio]), textarea, select'
  return (
    target.isContentEditable ||
    target.closest(`${field}, [role=dialog], [role=menu], [role=listbox]`) !== null
  )
}
