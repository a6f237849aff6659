import { Text } from '@mantine/core'
import { useMessages } from '../messages/use-messages.ts'
import { BodyView } from './body-view.tsx'

/** The body of every attempt; null when its event is no longer kept. */
export function RequestBody({ body }: { body: string | null }) {
  const t = useMessages().delivery.body
  if (body === null) {
    return (
      <Text size="sm" c="dimmed">
        {t.gone}
      </Text>
    )
  }
  return <BodyView body={body} encoding="utf8" contentType="application/json" label={t.request} />
}
