import { VisuallyHidden } from '@mantine/core'
import { type CSSProperties, useEffect, useRef } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import type { Column } from './columns.ts'
import classes from './data-grid.module.css'
import { nothing, type Selection } from './selection.ts'

interface Props<Row> {
  columns: readonly Column<Row>[]
  template: CSSProperties
  selection:
    | { selection: Selection; loaded: readonly string[]; onSelect: (selection: Selection) => void }
    | undefined
}

export function GridHeader<Row>({ columns, template, selection }: Props<Row>) {
  return (
    <div role="rowgroup" className={classes['header']}>
      <div role="row" aria-rowindex={1} className={classes['row']} style={template}>
        {selection && (
          <div role="columnheader" className={classes['check']}>
            <SelectAll {...selection} />
          </div>
        )}
        {columns.map(({ id, header, headerHidden, align }) => (
          <div key={id} role="columnheader" className={classes['cell']} data-align={align}>
            {headerHidden ? <VisuallyHidden>{header}</VisuallyHidden> : header}
          </div>
        ))}
      </div>
    </div>
  )
}

function SelectAll({ selection, loaded, onSelect }: NonNullable<Props<never>['selection']>) {
  const t = useMessages().common
  const box = useRef<HTMLInputElement>(null)
  const all =
    selection.kind === 'all' ||
    (loaded.length > 0 &&
      selection.keys.size >= loaded.length &&
      loaded.every((key) => selection.keys.has(key)))
  const some = selection.kind === 'keys' && selection.keys.size > 0
  useEffect(() => {
    if (box.current) box.current.indeterminate = some && !all
  }, [some, all])
  return (
    <label className={classes['checkTarget']}>
      <input
        ref={box}
        type="checkbox"
        aria-label={t.selectAllLoaded}
        checked={all}
        onChange={() => onSelect(all ? nothing : { kind: 'keys', keys: new Set(loaded) })}
      />
    </label>
  )
}
