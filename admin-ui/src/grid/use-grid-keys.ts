import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import { useShortcutRegistry } from '../shortcuts/registry.ts'
import { useShortcut } from '../shortcuts/use-shortcut.ts'

interface GridKeys {
  count: number
  keyAt(index: number): string | undefined
  /** Where the keyboard begins: the row whose details are shown. */
  openKey: string | undefined
  scrollTo(index: number): void
  pageRows: number
  root: RefObject<HTMLElement | null>
  onOpen: ((index: number) => void) | undefined
  onActive(index: number): void
  onSelect: ((index: number, range: boolean) => void) | undefined
}

interface Place {
  index: number
  key: string | undefined
}

/** One row of the grid has the keyboard. It is remembered by its key: rows that come above must not move it. */
export function useGridKeys(grid: GridKeys) {
  const t = useMessages().shortcuts
  const [moved, setMoved] = useState<Place>()
  const active = moved ?? (grid.openKey === undefined ? undefined : { index: 0, key: grid.openKey })
  const index = findPlace(active, grid)
  const wanted = useRef<number>(undefined)
  // The row is drawn only after the scrolling, now or some renders later.
  useEffect(() => {
    if (wanted.current === undefined) return
    const row = grid.root.current?.querySelector<HTMLElement>(`[data-row="${wanted.current}"]`)
    row?.focus({ preventScroll: true })
    if (row) wanted.current = undefined
  })

  const set = (next: number) => {
    if (next !== moved?.index || grid.keyAt(next) !== moved.key)
      setMoved({ index: next, key: grid.keyAt(next) })
  }
  const focus = (next: number) => {
    wanted.current = next
    setMoved({ index: next, key: grid.keyAt(next) })
    grid.scrollTo(next)
  }
  const goTo = (to: number) => {
    const next = Math.min(Math.max(to, 0), grid.count - 1)
    if (next < 0) return
    focus(next)
    grid.onActive(next)
  }
  const step = (by: number) => goTo(active === undefined ? 0 : index + by)

  const list = { group: 'list' } as const
  useShortcut({ ...list, keys: 'j', label: t.down }, () => step(1), grid.count > 0)
  useShortcut({ ...list, keys: 'k', label: t.up }, () => step(-1), grid.count > 0)
  const select = grid.onSelect
  useShortcut(
    { ...list, keys: 'x', label: t.select },
    () => select?.(index, false),
    select !== undefined,
  )
  useShortcut(
    { ...list, keys: 'Shift+X', label: t.selectRange },
    () => select?.(index, true),
    select !== undefined,
  )
  // Enter works on the row that has the focus, so it is no shortcut of the page; the help has it all the same.
  const registry = useShortcutRegistry()
  const opens = grid.onOpen !== undefined
  useEffect(
    () => (opens ? registry.add({ keys: 'Enter', label: t.openRow, group: 'list' }) : undefined),
    [registry, opens, t.openRow],
  )

  const moves: Record<string, () => void> = {
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    Home: () => goTo(0),
    End: () => goTo(grid.count - 1),
    PageDown: () => goTo(index + grid.pageRows),
    PageUp: () => goTo(index - grid.pageRows),
    Enter: () => grid.onOpen?.(index),
    ' ': () => select?.(index, false),
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // Keys of what stands in a cell are its own.
    if ((event.target as HTMLElement).getAttribute('role') !== 'row') return
    const move = event.ctrlKey || event.metaKey || event.altKey ? undefined : moves[event.key]
    if (!move) return
    event.preventDefault()
    move()
  }
  const focusKey = (key: string | undefined) => {
    const place = findPlace(key === undefined ? active : { index, key }, grid)
    if (grid.count > 0) focus(place)
  }
  return { index, set, onKeyDown, focusKey }
}

function findPlace(place: Place | undefined, { count, keyAt }: GridKeys): number {
  if (place === undefined) return 0
  if (keyAt(place.index) === place.key) return place.index
  for (let index = 0; index < count; index++) if (keyAt(index) === place.key) return index
  return Math.min(place.index, Math.max(count - 1, 0))
}
