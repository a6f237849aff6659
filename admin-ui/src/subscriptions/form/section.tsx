import { Stack, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './form.module.css'

export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Stack component="section" gap="md" className={classes['section']}>
      <Title order={2} size="h4">
        {title}
      </Title>
      {children}
    </Stack>
  )
}
