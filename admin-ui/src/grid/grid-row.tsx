import { Checkbox } from '@mantine/core'
import type { CSSProperties, MouseEvent, ReactNode } from 'react'
import type { Column } from './columns.ts'
import classes from './data-grid.module.css'

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
  onSelect(range: boolean): void
  onOpen: (() => void) | undefined
  onFocus(): void
}

export function GridRow<Row>(props: Props<Row>) {
  const { row, index, top, height, columns, card, template, selected, open, onOpen } = props
  const isCard = columns === undefined
  const style = { ...(isCard ? {} : template), height, transform: `translateY(${top}px)` }
  const openUnlessOnControl = (event: MouseEvent) => {
    const control = (event.target as HTMLElement).closest('a, button, input, label')
    if (!control) onOpen?.()
  }
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid handles Enter
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      aria-current={open || undefined}
      data-row={index}
      tabIndex={props.tabbable ? 0 : -1}
      className={`${classes['row']} ${classes['item']} ${isCard ? classes['card'] : ''}`}
      style={style}
      onClick={openUnlessOnControl}
      onFocus={props.onFocus}
    >
      {selected !== undefined && (
        <div role="gridcell" className={classes['check']}>
          <Checkbox
            size="xs"
            aria-label={props.selectLabel}
            checked={selected}
            tabIndex={props.tabbable ? 0 : -1}
            onChange={() => undefined}
            onClick={(event) => props.onSelect(event.shiftKey)}
          />
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
