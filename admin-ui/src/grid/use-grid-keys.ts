import { type KeyboardEvent, type RefObject, useState } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import { useShortcut } from '../shortcuts/use-shortcut.ts'

interface GridKeys {
  count: number
  keyAt(index: number): string | undefined
  scrollTo(index: number): void
  pageRows: number
  root: RefObject<HTMLElement | null>
  onOpen(index: number): void
  onActive(index: number): void
  onSelect: ((index: number, range: boolean) => void) | undefined
}

/** One row of the grid has the keyboard. It is remembered by its key: rows that come above must not move it. */
export function useGridKeys(grid: GridKeys) {
  const t = useMessages().shortcuts
  const [active, setActive] = useState<{ index: number; key: string | undefined }>()
  const index = findActive(active, grid)

  const set = (next: number) => setActive({ index: next, key: grid.keyAt(next) })
  const goTo = (wanted: number) => {
    const next = Math.min(Math.max(wanted, 0), grid.count - 1)
    if (next < 0) return
    set(next)
    grid.scrollTo(next)
    grid.onActive(next)
    // The row may be drawn only after the scrolling.
    requestAnimationFrame(() => focusRow(grid.root.current, next))
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

  const moves: Record<string, () => void> = {
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    Home: () => goTo(0),
    End: () => goTo(grid.count - 1),
    PageDown: () => goTo(index + grid.pageRows),
    PageUp: () => goTo(index - grid.pageRows),
    Enter: () => grid.onOpen(index),
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
  return { index, set, onKeyDown }
}

function findActive(
  active: { index: number; key: string | undefined } | undefined,
  { count, keyAt }: GridKeys,
): number {
  if (active === undefined) return 0
  if (keyAt(active.index) === active.key) return active.index
  for (let index = 0; index < count; index++) if (keyAt(index) === active.key) return index
  return Math.min(active.index, Math.max(count - 1, 0))
}

function focusRow(root: HTMLElement | null, index: number): void {
  root?.querySelector<HTMLElement>(`[data-row="${index}"]`)?.focus({ preventScroll: true })
}
