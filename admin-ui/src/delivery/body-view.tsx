import { Group, SegmentedControl, Stack, Text } from '@mantine/core'
import { useMemo, useState } from 'react'
import { CodeView } from '../code/code-view.tsx'
import { useMessages } from '../messages/use-messages.ts'
import { describeBytes } from '../ui/describe-bytes.ts'
import { readBody } from './read-body.ts'

interface Props {
  body: string
  encoding: 'utf8' | 'base64'
  contentType: string | undefined
  label: string
  truncated?: boolean
}

/** A body as it was sent, indented where it is JSON and as bytes where it is no text. */
export function BodyView({ body, encoding, contentType, label, truncated = false }: Props) {
  const t = useMessages().delivery.body
  const [mode, setMode] = useState('pretty')
  const read = useMemo(() => readBody(body, encoding), [body, encoding])
  if (read.bytes === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t.empty}
      </Text>
    )
  }
  const isPretty = mode === 'pretty' && read.pretty !== undefined
  const notes = [truncated && t.truncated, encoding === 'base64' && t.binary].filter(Boolean)
  return (
    <Stack gap={6}>
      {notes.length > 0 && (
        <Text size="xs" c="var(--ph-waiting)">
          {notes.join(' ')}
        </Text>
      )}
      <CodeView
        text={isPretty ? (read.pretty ?? read.text) : read.text}
        exact={encoding === 'utf8' ? body : undefined}
        language={read.pretty === undefined ? 'text' : 'json'}
        label={label}
        toolbar={
          <Group gap="xs" wrap="nowrap">
            {read.pretty !== undefined && (
              <SegmentedControl
                size="xs"
                flex="none"
                aria-label={t.view}
                value={mode}
                onChange={setMode}
                data={[
                  { value: 'pretty', label: t.pretty },
                  { value: 'raw', label: t.raw },
                ]}
              />
            )}
            <Text size="xs" c="dimmed" truncate>
              {`${describeBytes(read.bytes)} · ${contentType ?? t.noType}`}
            </Text>
          </Group>
        }
      />
    </Stack>
  )
}
