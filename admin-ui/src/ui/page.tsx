import { Group, Stack, Text, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import { useEmbedding } from '../session/embedding.ts'
import classes from './page.module.css'

interface Props {
  title: string
  /** Instead of the plain title: with badges, with links. */
  heading?: ReactNode
  description?: ReactNode
  actions?: ReactNode
  /** The page is as high as the window, and its list scrolls rather than the page. */
  fill?: boolean
  children: ReactNode
}

/** What every page has: a title in the tab and on the page, and what one can do. */
export function Page({ title, heading, description, actions, fill = false, children }: Props) {
  const { product } = useMessages().common
  // An empty one changes nothing: the tab is the host's.
  useDocumentTitle(useEmbedding()?.root ? '' : `${title} · ${product}`)
  return (
    <Stack className={fill ? classes['fill'] : classes['flow']} gap="md">
      <Group justify="space-between" align="flex-start" gap="sm">
        <Stack gap={2} miw={0}>
          <Title order={1} size="h2" tabIndex={-1} id="page-title" className={classes['title']}>
            {heading ?? title}
          </Title>
          {description && (
            <Text size="sm" c="dimmed" component="div">
              {description}
            </Text>
          )}
        </Stack>
        {actions && <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </Stack>
  )
}
