import { Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './rows.module.css'

/** A short list in a panel: what it is on the left, its figures on the right. */
export function Rows({ children }: { children: ReactNode }) {
  return (
    <Stack component="ul" gap={0} className={classes['rows'] ?? ''}>
      {children}
    </Stack>
  )
}

interface Props {
  title: ReactNode
  note?: ReactNode
  /** What has to be read to its end. */
  more?: ReactNode
  /** Between the two, where there is room. */
  middle?: ReactNode
  figure: ReactNode
  figureNote?: ReactNode
}

export function Row({ title, note, more, middle, figure, figureNote }: Props) {
  return (
    <li className={classes['row']}>
      <div className={classes['text']}>
        <div className={classes['title']}>{title}</div>
        {note && <div className={classes['note']}>{note}</div>}
        {more && <div className={classes['more']}>{more}</div>}
      </div>
      {middle && <div className={classes['middle']}>{middle}</div>}
      <div className={classes['figures']}>
        <div className={classes['figure']}>{figure}</div>
        {figureNote && <div className={classes['note']}>{figureNote}</div>}
      </div>
    </li>
  )
}
