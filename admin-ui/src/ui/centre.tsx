import { Center } from '@mantine/core'
import type { ReactNode } from 'react'

/** In the middle of the page, with air around it. */
export function Centre({ children }: { children: ReactNode }) {
  return (
    <Center mih="60dvh" p="md">
      {children}
    </Center>
  )
}
