import { createTheme, MantineThemeProvider } from '@mantine/core'
import { type ReactNode, useMemo } from 'react'
import { useMessages } from '../messages/use-messages.ts'

/** Names what the kit draws by itself, for who does not see it. */
export function KitLabels({ children }: { children: ReactNode }) {
  const { close } = useMessages().common
  const theme = useMemo(() => {
    const labelled = { defaultProps: { closeButtonProps: { 'aria-label': close } } }
    return createTheme({
      components: { Modal: labelled, Drawer: labelled, Notification: labelled },
    })
  }, [close])
  return (
    <MantineThemeProvider theme={theme} inherit>
      {children}
    </MantineThemeProvider>
  )
}
