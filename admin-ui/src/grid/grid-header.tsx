import { Checkbox } from '@mantine/core'
import type { CSSProperties } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import type { Column } from './columns.ts'
import classes from './data-grid.module.css'
import { isSelected, nothing, type Selection } from './selection.ts'

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
        {columns.map(({ id, header, align }) => (
          <div key={id} role="columnheader" className={classes['cell']} data-align={align}>
            {header}
          </div>
        ))}
      </div>
    </div>
  )
}

function SelectAll({ selection, loaded, onSelect }: NonNullable<Props<never>['selection']>) {
  const t = useMessages().common
  const chosen = loaded.filter((key) => isSelected(selection, key)).length
  const all = loaded.length > 0 && chosen === loaded.length
  return (
    <Checkbox
      size="xs"
      aria-label={t.selectAllLoaded}
      checked={all}
      indeterminate={chosen > 0 && !all}
      onChange={() => onSelect(all ? nothing : { kind: 'keys', keys: new Set(loaded) })}
    />
  )
}
