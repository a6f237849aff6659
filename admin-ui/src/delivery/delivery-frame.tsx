import { ActionIcon, Group, Stack, Title, Tooltip } from '@mantine/core'
import { Maximize2, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import { IconLink } from '../ui/links.tsx'
import { Page } from '../ui/page.tsx'
import classes from './delivery.module.css'

interface Props {
  /** Of the delivery; none when there is none. */
  id?: string
  title: string
  heading?: ReactNode
  actions?: ReactNode
  onClose: (() => void) | undefined
  children: ReactNode
}

/** Around a delivery: a page, or a pane beside the list that can be closed and opened as a page. */
export function DeliveryFrame({ id, title, heading, actions, onClose, children }: Props) {
  const t = useMessages()
  const content = <Stack className={classes['content']}>{children}</Stack>
  if (!onClose) {
    return (
      <Page title={title} heading={heading} actions={actions}>
        {content}
      </Page>
    )
  }
  return (
    <Stack p="md" gap="sm" className={classes['pane']}>
      <Group justify="space-between" align="flex-start" wrap="nowrap" gap="xs">
        <Title order={2} size="h4" tabIndex={-1} id="delivery-title" className={classes['title']}>
          {heading ?? title}
        </Title>
        <Group gap={2} wrap="nowrap">
          {id !== undefined && (
            <Tooltip label={t.delivery.openPage}>
              <IconLink to="/deliveries/$id" params={{ id }} aria-label={t.delivery.openPage}>
                <Maximize2 size={15} />
              </IconLink>
            </Tooltip>
          )}
          <Tooltip label={t.common.close}>
            <ActionIcon onClick={onClose} aria-label={t.common.close}>
              <X size={17} />
            </ActionIcon>
          </Tooltip>
        </Group>
      </Group>
      {actions && <Group gap="xs">{actions}</Group>}
      {content}
    </Stack>
  )
}
