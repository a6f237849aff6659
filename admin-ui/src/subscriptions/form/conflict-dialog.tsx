import { Button, Code, Group, Modal, Stack, Table, Text } from '@mantine/core'
import { useState } from 'react'
import { useMessages } from '../../messages/use-messages.ts'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import { changesBetween, type Settings } from './form-values.ts'

interface Props {
  before: Settings
  theirs: Settings
  yours: Settings
  onClose(): void
  onTakeTheirs(): void
  /** Stores what you changed on top of theirs. @throws what the server says against it */
  onKeepYours(): Promise<void>
}

/** Somebody else has saved while this was edited: whose settings stand? */
export function ConflictDialog({
  before,
  theirs,
  yours,
  onClose,
  onTakeTheirs,
  onKeepYours,
}: Props) {
  const t = useMessages().subscriptionForm.conflict
  const { close } = useMessages().common
  const [state, setState] = useState<{ running: boolean; error?: unknown }>({ running: false })
  const both = contested(before, theirs, yours)
  const keep = async () => {
    setState({ running: true })
    try {
      await onKeepYours()
    } catch (error) {
      setState({ running: false, error })
    }
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t.title}
      closeButtonProps={{ 'aria-label': close }}
      size="lg"
    >
      <Stack gap="sm">
        <Text size="sm">{both.length > 0 ? t.text : t.textOther}</Text>
        {both.length > 0 && (
          <Table layout="fixed">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t.field}</Table.Th>
                <Table.Th>{t.theirs}</Table.Th>
                <Table.Th>{t.yours}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {both.map((name) => (
                <Table.Tr key={name}>
                  <Table.Td>{name}</Table.Td>
                  <Table.Td>
                    <Value name={name} settings={theirs} />
                  </Table.Td>
                  <Table.Td>
                    <Value name={name} settings={yours} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
        {state.error !== undefined && <ProblemAlert error={state.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onTakeTheirs} data-autofocus>
            {t.takeTheirs}
          </Button>
          <Button loading={state.running} onClick={() => void keep()}>
            {t.keepYours}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

function Value({ name, settings }: { name: keyof Settings; settings: Settings }) {
  const t = useMessages().common
  const value = settings[name]
  // Their values may be credentials: that they differ is said, not what they are.
  const shown = name === 'headers' ? Object.keys(settings.headers) : value
  return (
    <Code block bg="transparent" p={0}>
      {shown === null ? t.none : typeof shown === 'string' ? shown : JSON.stringify(shown, null, 1)}
    </Code>
  )
}

/** The settings that both have changed, to different things. */
function contested(before: Settings, theirs: Settings, yours: Settings): (keyof Settings)[] {
  const byThem = Object.keys(changesBetween(before, theirs))
  const byYou = changesBetween(before, yours)
  const different = changesBetween(theirs, yours)
  return byThem.filter((name) => name in byYou && name in different) as (keyof Settings)[]
}
