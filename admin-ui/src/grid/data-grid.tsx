import { useElementSize, useMergedRef } from '@mantine/hooks'
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import {
  type ReactNode,
  type Ref,
  useEffect,
  useEffectEvent,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
} from 'react'
import { useMessages } from '../messages/use-messages.ts'
import { usePreferences } from '../preferences/use-preferences.ts'
import { type Column, visibleColumns } from './columns.ts'
import classes from './data-grid.module.css'
import { GridHeader } from './grid-header.tsx'
import { GridRow, type RowActions } from './grid-row.tsx'
import { extend, isSelected, type Selection, toggle } from './selection.ts'
import { useGridKeys } from './use-grid-keys.ts'

/** What a page may ask of its grid. */
export interface GridHandle {
  /** Gives the keyboard to a row; to the one that had it last when none is named. */
  focusRow(key?: string): void
  /** The row that has the keyboard, or had it last. */
  activeKey(): string | undefined
  /** Opens the menu of the row that has the keyboard, if it has one. */
  pressMenu(): void
  scrollToTop(): void
}

export interface DataGridProps<Row> {
  /** What the list is, for who does not see it. */
  label: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey(row: Row): string
  /** Enter, or a click where there is no link. */
  onOpen?: ((row: Row) => void) | undefined
  /** Told when another row has the keyboard: a pane may follow. */
  onActive?: ((row: Row) => void) | undefined
  /** The row whose details are shown. */
  openKey?: string | undefined
  selection?: Selection | undefined
  onSelect?: ((selection: Selection) => void) | undefined
  /** The row where there is no room for columns: two lines. */
  card(row: Row): ReactNode
  /** Called when the end comes near. */
  onEnd?: (() => void) | undefined
  /** Told when the first row comes into sight or leaves it. */
  onTop?: ((atTop: boolean) => void) | undefined
  /** Below the last row: loading, searched until, the end. */
  footer?: ReactNode
  /** Height in rows: the list grows with its rows up to here instead of filling the page. */
  rowsMax?: number
  handle?: Ref<GridHandle>
}

const cardsBelow = 640
const rowHeights = { comfortable: 38, compact: 30 }
const cardHeight = 64

/** A list of any length of which only the rows in sight are in the document. */
export function DataGrid<Row>(props: DataGridProps<Row>) {
  const { label, rows, rowKey, selection, onSelect, onOpen, onActive, openKey, onEnd, rowsMax } =
    props
  const t = useMessages().common
  const [{ density }] = usePreferences()
  const { ref: sizeRef, width } = useElementSize()
  const scroller = useRef<HTMLDivElement>(null)
  const ref = useMergedRef(scroller, sizeRef)
  const narrow = width > 0 && width < cardsBelow
  const rowHeight = narrow ? cardHeight : rowHeights[density]
  const columns = useMemo(() => visibleColumns(props.columns, width), [props.columns, width])
  const selectable = selection !== undefined && onSelect !== undefined
  const keyAt = (index: number) => {
    const row = rows[index]
    return row === undefined ? undefined : rowKey(row)
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: what makes a key of a row stays the same
  const loaded = useMemo(() => (selectable ? rows.map(rowKey) : []), [rows, selectable])
  const activeIndex = useRef(0)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => keyAt(index) ?? index,
    overscan: 6,
    // The row that has the keyboard stays, or it would lose it when it is scrolled away.
    rangeExtractor: (range) =>
      [...new Set([...defaultRangeExtractor(range), activeIndex.current])]
        .filter((index) => index < range.count)
        .sort((a, b) => a - b),
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured anew when rows change their height
  useEffect(() => virtual.measure(), [rowHeight])

  const [lastSelected, setLastSelected] = useState<string>()
  const select = (index: number, range: boolean) => {
    const key = keyAt(index)
    if (!selectable || key === undefined) return
    onSelect(
      range && lastSelected !== undefined
        ? extend(selection, lastSelected, key, loaded)
        : toggle(selection, key, loaded),
    )
    setLastSelected(key)
  }
  const open = (index: number) => rows[index] !== undefined && onOpen?.(rows[index])
  const keyboard = useGridKeys({
    count: rows.length,
    keyAt,
    openKey,
    scrollTo: (index) => virtual.scrollToIndex(index),
    pageRows: Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1),
    root: scroller,
    onOpen: onOpen && open,
    onActive: (index) => rows[index] !== undefined && onActive?.(rows[index]),
    onSelect: selectable ? select : undefined,
  })
  activeIndex.current = keyboard.index
  const actions = useRowActions({ select, open, focus: keyboard.set })
  useImperativeHandle(props.handle, () => ({
    focusRow: keyboard.focusKey,
    activeKey: () => keyAt(keyboard.index),
    pressMenu: () =>
      scroller.current
        ?.querySelector<HTMLElement>(`[data-row="${keyboard.index}"] [aria-haspopup=menu]`)
        ?.click(),
    scrollToTop: () => virtual.scrollToOffset(0),
  }))

  const items = virtual.getVirtualItems()
  const lastInSight = virtual.range?.endIndex ?? 0
  useEffect(() => {
    if (rows.length > 0 && lastInSight >= rows.length - 20) onEnd?.()
  }, [lastInSight, rows.length, onEnd])
  const atTop = (virtual.scrollOffset ?? 0) < rowHeight
  const onTop = useEffectEvent((is: boolean) => props.onTop?.(is))
  useEffect(() => {
    onTop(atTop)
    return () => onTop(true)
  }, [atTop])

  const template = useMemo(() => {
    const tracks = [...(selectable ? ['2.25rem'] : []), ...columns.map((column) => column.width)]
    return { gridTemplateColumns: tracks.join(' ') }
  }, [selectable, columns])
  const style = {
    minHeight: `min(12rem, ${virtual.getTotalSize()}px)`,
    ...(rowsMax !== undefined && { maxHeight: (rowsMax + 1) * rowHeight }),
  }
  return (
    <div
      ref={ref}
      className={classes['grid']}
      style={style}
      role="grid"
      aria-label={label}
      aria-rowcount={props.footer === undefined ? rows.length + 1 : -1}
      aria-multiselectable={selectable || undefined}
      onKeyDown={keyboard.onKeyDown}
      tabIndex={-1}
    >
      {!narrow && (
        <GridHeader
          columns={columns}
          template={template}
          selection={selectable ? { selection, loaded, onSelect } : undefined}
        />
      )}
      <div role="rowgroup" className={classes['body']} style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const row = rows[item.index] as Row
          const key = rowKey(row)
          return (
            <GridRow
              key={key}
              row={row}
              index={item.index}
              top={item.start}
              height={rowHeight}
              columns={narrow ? undefined : columns}
              card={props.card}
              template={template}
              tabbable={item.index === keyboard.index}
              open={key === openKey}
              selected={selectable ? isSelected(selection, key) : undefined}
              selectLabel={t.selectRow}
              openable={onOpen !== undefined}
              actions={actions}
            />
          )
        })}
      </div>
      {props.footer && <div className={classes['footer']}>{props.footer}</div>}
    </div>
  )
}

/** The newest actions behind an object that stays the same. */
function useRowActions(actions: RowActions): RowActions {
  const latest = useRef(actions)
  latest.current = actions
  return useMemo(
    () => ({
      select: (index, range) => latest.current.select(index, range),
      open: (index) => latest.current.open(index),
      focus: (index) => latest.current.focus(index),
    }),
    [],
  )
}
