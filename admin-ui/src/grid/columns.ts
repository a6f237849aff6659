import type { ReactNode } from 'react'

export interface Column<Row> {
  id: string
  header: string
  /** The header is only read aloud. */
  headerHidden?: boolean
  /** A track of a CSS grid: `7rem`, `minmax(8rem, 1fr)`. */
  width: string
  align?: 'end'
  /** Left out where the grid is narrower than this, pixels. */
  gridWidthMin?: number
  render(row: Row): ReactNode
}

export function visibleColumns<Row>(columns: readonly Column<Row>[], gridWidth: number) {
  return columns.filter(({ gridWidthMin = 0 }) => gridWidth >= gridWidthMin)
}
