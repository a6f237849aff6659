import { createContext, use } from 'react'
import type { Messages } from '../messages/use-messages.ts'

export type ShortcutGroup = keyof Messages['shortcuts']['groups']

export interface Shortcut {
  /** As tinykeys writes them: `g d`, `Shift+X`, `$mod+K`. */
  keys: string
  label: string
  group: ShortcutGroup
}

/** The shortcuts that work right now, for the help. */
export class ShortcutRegistry {
  #shortcuts: readonly Shortcut[] = []
  readonly #listeners = new Set<() => void>()

  add(shortcut: Shortcut): () => void {
    this.#change([...this.#shortcuts, shortcut])
    return () => this.#change(this.#shortcuts.filter((other) => other !== shortcut))
  }

  list = (): readonly Shortcut[] => this.#shortcuts

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #change(shortcuts: readonly Shortcut[]): void {
    this.#shortcuts = shortcuts
    for (const listener of this.#listeners) listener()
  }
}

export const ShortcutContext = createContext(new ShortcutRegistry())

export function useShortcutRegistry(): ShortcutRegistry {
  return use(ShortcutContext)
}
