import { UnstyledButton } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './audit.module.css'

interface Props {
  /** What a click does, for the tooltip. */
  hint: string
  onClick(): void
  children: ReactNode
}

/** A value that adds itself to the filter. */
export function FilterValue({ hint, onClick, children }: Props) {
  return (
    <UnstyledButton className={classes['value'] ?? ''} title={hint} onClick={onClick}>
      {children}
    </UnstyledButton>
  )
}
