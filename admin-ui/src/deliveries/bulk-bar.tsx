import { Button, CopyButton, Group, Text } from '@mantine/core'
import type { Delivery } from '@posthorn/sdk'
import { Copy, RotateCcw } from 'lucide-react'
import { useState } from 'react'
import { isSelected, type Selection } from '../grid/selection.ts'
import { useMessages } from '../messages/use-messages.ts'
import { useCan } from '../session/session-context.ts'
import { CancelDialog } from './cancel-dialog.tsx'

interface Props {
  selection: Selection
  rows: readonly Delivery[]
  /** How many match, in words; undefined while it is being counted. */
  matching: string | undefined
  onSelect: (selection: Selection) => void
  onClear: () => void
  onReplay: () => void
}

/** As many as one replay takes by their ids. */
const replayIdsMax = 1000

/** What to do with the rows that are chosen. */
export function BulkBar({ selection, rows, matching, onSelect, onClear, onReplay }: Props) {
  const {
    common,
    deliveries: { selection: t },
  } = useMessages()
  const can = useCan()
  const [cancelling, setCancelling] = useState<Delivery[]>()
  const keys = selection.kind === 'keys' ? [...selection.keys] : undefined
  const tooMany = keys !== undefined && keys.length > replayIdsMax
  const mayReplay = can('deliveries:replay')
  const chosen = () => rows.filter((row) => isSelected(selection, row.id))
  const anyPending = keys !== undefined && chosen().some(({ status }) => status === 'pending')
  return (
    <Group gap="xs" role="region" aria-label={keys ? t.chosen(keys.length) : t.chosenAll('')}>
      <Text size="sm" fw={600}>
        {keys ? t.chosen(keys.length) : t.chosenAll(matching ?? '')}
      </Text>
      {keys && matching && (
        <Button size="compact-sm" variant="subtle" onClick={() => onSelect({ kind: 'all' })}>
          {t.all(matching)}
        </Button>
      )}
      {mayReplay && (
        <Button
          size="compact-sm"
          leftSection={<RotateCcw size={14} aria-hidden />}
          disabled={tooMany}
          title={tooMany ? t.tooMany : undefined}
          onClick={onReplay}
        >
          {t.replay}
        </Button>
      )}
      {keys && (
        <CopyButton value={keys.join('\n')}>
          {({ copy, copied }) => (
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<Copy size={14} aria-hidden />}
              onClick={copy}
            >
              {copied ? common.copied : t.copy}
            </Button>
          )}
        </CopyButton>
      )}
      {mayReplay && anyPending && (
        <Button size="compact-sm" variant="default" onClick={() => setCancelling(chosen())}>
          {t.cancel}
        </Button>
      )}
      <Button size="compact-sm" variant="subtle" color="gray" onClick={onClear}>
        {t.clear}
      </Button>
      <CancelDialog
        deliveries={cancelling}
        onClose={() => setCancelling(undefined)}
        onDone={onClear}
      />
    </Group>
  )
}
