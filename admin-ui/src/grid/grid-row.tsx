import { type CSSProperties, type MouseEvent, memo, type ReactNode } from 'react'
import type { Column } from './columns.ts'
import classes from './data-grid.module.css'

/** What a row can ask of its grid. One object for all rows, always the same: rows are drawn anew only when they change. */
export interface RowActions {
  select(index: number, range: boolean): void
  open(index: number): void
  focus(index: number): void
}

interface Props<Row> {
  row: Row
  index: number
  top: number
  height: number
  /** None where there is room for a card only. */
  columns: readonly Column<Row>[] | undefined
  card(row: Row): ReactNode
  template: CSSProperties
  tabbable: boolean
  open: boolean
  selected: boolean | undefined
  selectLabel: string
  openable: boolean
  actions: RowActions
}

function Row<Row>(props: Props<Row>) {
  const { row, index, top, height, columns, card, template, selected, actions } = props
  const isCard = columns === undefined
  const style = { ...(isCard ? {} : template), height, transform: `translateY(${top}px)` }
  const openUnlessOnControl = (event: MouseEvent) => {
    const control = (event.target as HTMLElement).closest('a, button, input, label')
    if (!control && props.openable) actions.open(index)
  }
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid handles Enter
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      aria-current={props.open || undefined}
      data-row={index}
      tabIndex={props.tabbable ? 0 : -1}
      className={`${classes['row']} ${classes['item']} ${isCard ? classes['card'] : ''}`}
      style={style}
      onClick={openUnlessOnControl}
      onFocus={() => actions.focus(index)}
    >
      {selected !== undefined && (
        <div role="gridcell" className={classes['check']}>
          <label className={classes['checkTarget']}>
            <input
              type="checkbox"
              aria-label={props.selectLabel}
              checked={selected}
              tabIndex={props.tabbable ? 0 : -1}
              onChange={(event) =>
                actions.select(index, (event.nativeEvent as globalThis.MouseEvent).shiftKey)
              }
            />
          </label>
        </div>
      )}
      {columns?.map(({ id, align, render }) => (
        <div key={id} role="gridcell" className={classes['cell']} data-align={align}>
          {render(row)}
        </div>
      )) ?? (
        <div role="gridcell" className={classes['cardCell']}>
          {card(row)}
        </div>
      )}
    </div>
  )
}

export const GridRow = memo(Row) as typeof Row
