import { useElementSize, useMergedRef } from '@mantine/hooks'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import { usePreferences } from '../preferences/use-preferences.ts'
import { type Column, visibleColumns } from './columns.ts'
import classes from './data-grid.module.css'
import { GridHeader } from './grid-header.tsx'
import { GridRow } from './grid-row.tsx'
import { extend, isSelected, type Selection, toggle } from './selection.ts'
import { useGridKeys } from './use-grid-keys.ts'

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
  /** Below the last row: loading, searched until, the end. */
  footer?: ReactNode
  /** Height in rows: the list grows with its rows up to here instead of filling the page. */
  rowsMax?: number
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
  const columns = visibleColumns(props.columns, width)
  const selectable = selection !== undefined && onSelect !== undefined
  const keyAt = (index: number) => {
    const row = rows[index]
    return row === undefined ? undefined : rowKey(row)
  }
  const keys = () => rows.map(rowKey)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => keyAt(index) ?? index,
    overscan: 6,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured anew when rows change their height
  useEffect(() => virtual.measure(), [rowHeight])

  const [lastSelected, setLastSelected] = useState<string>()
  const select = (index: number, range: boolean) => {
    const key = keyAt(index)
    if (!selectable || key === undefined) return
    onSelect(
      range && lastSelected !== undefined
        ? extend(selection, lastSelected, key, keys())
        : toggle(selection, key, keys()),
    )
    setLastSelected(key)
  }
  const active = useGridKeys({
    count: rows.length,
    keyAt,
    scrollTo: (index) => virtual.scrollToIndex(index),
    pageRows: Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1),
    root: scroller,
    onOpen: (index) => rows[index] !== undefined && onOpen?.(rows[index]),
    onActive: (index) => rows[index] !== undefined && onActive?.(rows[index]),
    onSelect: selectable ? select : undefined,
  })

  const items = virtual.getVirtualItems()
  const lastInSight = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (rows.length > 0 && lastInSight >= rows.length - 20) onEnd?.()
  }, [lastInSight, rows.length, onEnd])

  const tracks = [...(selectable ? ['2.25rem'] : []), ...columns.map((column) => column.width)]
  const template = { gridTemplateColumns: tracks.join(' ') }
  const style = rowsMax === undefined ? {} : { maxHeight: (rowsMax + 1) * rowHeight }
  return (
    <div
      ref={ref}
      className={classes['grid']}
      style={style}
      role="grid"
      aria-label={label}
      aria-rowcount={props.footer === undefined ? rows.length + 1 : -1}
      aria-multiselectable={selectable || undefined}
      onKeyDown={active.onKeyDown}
      tabIndex={-1}
    >
      {!narrow && (
        <GridHeader
          columns={columns}
          template={template}
          selection={selectable ? { selection, loaded: keys(), onSelect } : undefined}
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
              tabbable={item.index === active.index}
              open={key === openKey}
              selected={selectable ? isSelected(selection, key) : undefined}
              selectLabel={t.selectRow}
              onSelect={(range) => select(item.index, range)}
              onOpen={onOpen && (() => onOpen(row))}
              onFocus={() => active.set(item.index)}
            />
          )
        })}
      </div>
      {props.footer && <div className={classes['footer']}>{props.footer}</div>}
    </div>
  )
}
