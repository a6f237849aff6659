import { ActionIcon, Checkbox, Menu, Tooltip } from '@mantine/core'
import { ChartColumn, Columns3 } from 'lucide-react'
import { useMessages } from '../messages/use-messages.ts'
import { usePreferences } from '../preferences/use-preferences.ts'
import { columnIds } from './delivery-columns.tsx'
import { useLogPreferences } from './use-log-preferences.ts'

export function ChartToggle() {
  const t = useMessages().deliveries.chart
  const [{ chart }, setPreferences] = useLogPreferences()
  return (
    <Tooltip label={t.toggle}>
      <ActionIcon
        aria-label={t.toggle}
        aria-pressed={chart}
        variant={chart ? 'light' : 'subtle'}
        onClick={() => setPreferences({ chart: !chart })}
      >
        <ChartColumn size={16} />
      </ActionIcon>
    </Tooltip>
  )
}

/** Which columns there are, and how high rows are. */
export function ColumnMenu() {
  const t = useMessages().deliveries
  const [{ density }, setPreferences] = usePreferences()
  const [{ hiddenColumns }, setLogPreferences] = useLogPreferences()
  const toggle = (id: string) =>
    setLogPreferences({
      hiddenColumns: hiddenColumns.includes(id)
        ? hiddenColumns.filter((hidden) => hidden !== id)
        : [...hiddenColumns, id],
    })
  return (
    <Menu closeOnItemClick={false} position="bottom-end" shadow="md">
      <Menu.Target>
        <Tooltip label={t.columnsMenu}>
          <ActionIcon aria-label={t.columnsMenu}>
            <Columns3 size={16} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        {columnIds.map((id) => (
          <Check
            key={id}
            label={t.columns[id]}
            checked={!hiddenColumns.includes(id)}
            // What it is about is always said.
            disabled={id === 'eventType'}
            onToggle={() => toggle(id)}
          />
        ))}
        <Menu.Divider />
        <Check
          label={t.density}
          checked={density === 'compact'}
          onToggle={() =>
            setPreferences({ density: density === 'compact' ? 'comfortable' : 'compact' })
          }
        />
      </Menu.Dropdown>
    </Menu>
  )
}

interface CheckProps {
  label: string
  checked: boolean
  disabled?: boolean
  onToggle: () => void
}

function Check({ label, checked, disabled = false, onToggle }: CheckProps) {
  return (
    <Menu.Item
      role="menuitemcheckbox"
      aria-checked={checked}
      disabled={disabled}
      leftSection={<Checkbox.Indicator size="xs" checked={checked} disabled={disabled} />}
      onClick={onToggle}
    >
      {label}
    </Menu.Item>
  )
}
