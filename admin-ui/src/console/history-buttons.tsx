import { ActionIcon, Group, Tooltip } from '@mantine/core'
import { useCanGoBack, useRouter } from '@tanstack/react-router'
import { ArrowLeft, ArrowRight } from 'lucide-react'
import { useMessages } from '../messages/use-messages.ts'

/** Back and forward within the console: the browser's own are for the page around it. */
export function HistoryButtons() {
  const t = useMessages().embedding
  const { history } = useRouter()
  return (
    <Group gap={2} wrap="nowrap">
      <Tooltip label={t.back}>
        <ActionIcon
          size="lg"
          aria-label={t.back}
          disabled={!useCanGoBack()}
          onClick={() => history.back()}
        >
          <ArrowLeft size={18} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t.forward}>
        <ActionIcon size="lg" aria-label={t.forward} onClick={() => history.forward()}>
          <ArrowRight size={18} />
        </ActionIcon>
      </Tooltip>
    </Group>
  )
}
