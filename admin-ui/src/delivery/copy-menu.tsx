import { Button, Kbd, Menu } from '@mantine/core'
import type { Attempt, DeliveryDetail } from '@posthorn/sdk'
import { ChevronDown, Copy } from 'lucide-react'
import { useMessages } from '../messages/use-messages.ts'
import { useShortcut } from '../shortcuts/use-shortcut.ts'
import { useCopies } from './use-copies.ts'

interface Props {
  delivery: DeliveryDetail
  attempt: Attempt | undefined
}

const keys: Partial<Record<string, string>> = { curl: 'c', id: 'y' }

/** The delivery in the shapes that other tools take. */
export function CopyMenu({ delivery, attempt }: Props) {
  const t = useMessages().delivery
  const copies = useCopies(delivery, attempt)
  const shortcut = { group: 'delivery' as const }
  useShortcut({ ...shortcut, keys: 'c', label: t.shortcuts.curl }, () => copies.curl?.())
  useShortcut({ ...shortcut, keys: 'y', label: t.shortcuts.id }, () => copies.id?.())
  return (
    <Menu
      position="bottom-end"
      shadow="md"
      withinPortal={false}
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<Copy size={15} />}
          rightSection={<ChevronDown size={14} />}
        >
          {t.actions.copy}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {(['curl', 'fetch', 'body', 'headers', 'link', 'id'] as const).map((what) => (
          <Menu.Item
            key={what}
            disabled={!copies[what]}
            onClick={() => copies[what]?.()}
            rightSection={keys[what] && <Kbd>{keys[what]}</Kbd>}
          >
            {t.copying[what]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
