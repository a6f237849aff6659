import { Menu } from '@mantine/core'
import type { Delivery } from '@posthorn/sdk'
import { Copy, Ellipsis, Filter, Maximize2, RotateCcw } from 'lucide-react'
import type { FilterValue } from '../filter/filter-value.ts'
import { useValueLabel } from '../filter/use-value-label.ts'
import { useMessages } from '../messages/use-messages.ts'
import { useCan } from '../session/session-context.ts'
import classes from './delivery-cells.module.css'

/** One element per row, where a kit's button would be several. */
export function RowMenuButton({
  label,
  onOpen,
}: {
  label: string
  onOpen: (button: HTMLElement) => void
}) {
  return (
    <button
      type="button"
      className={classes['menu']}
      aria-label={label}
      aria-haspopup="menu"
      tabIndex={-1}
      onClick={(event) => onOpen(event.currentTarget)}
    >
      <Ellipsis size={16} aria-hidden />
    </button>
  )
}

export interface OpenMenu {
  delivery: Delivery
  button: HTMLElement
}

interface Props {
  menu: OpenMenu
  onClose: () => void
  onFilter: (value: FilterValue) => void
  onOpenPage: (delivery: Delivery) => void
  onReplay: (delivery: Delivery) => void
  onCopy: (delivery: Delivery) => void
}

/** What one can do with a row, and with what stands in it. One menu for all rows. */
export function RowMenu({ menu: { delivery, button }, onClose, onFilter, ...on }: Props) {
  const t = useMessages()
  const can = useCan()
  const { right, bottom } = button.getBoundingClientRect()
  const labelOf = useValueLabel()
  const values = filtersOf(delivery)
  const close = () => {
    onClose()
    button.closest<HTMLElement>('[role=row]')?.focus()
  }
  return (
    <Menu opened onClose={close} position="bottom-end" shadow="md" width={300}>
      <Menu.Target>
        <button
          type="button"
          tabIndex={-1}
          aria-label={t.deliveries.rowMenu}
          className={classes['anchor']}
          style={{ left: right, top: bottom }}
        />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<Maximize2 size={15} />} onClick={() => on.onOpenPage(delivery)}>
          {t.deliveries.openPage}
        </Menu.Item>
        <Menu.Item leftSection={<Copy size={15} />} onClick={() => on.onCopy(delivery)}>
          {t.deliveries.copyId}
        </Menu.Item>
        {can('deliveries:replay') && (
          <Menu.Item leftSection={<RotateCcw size={15} />} onClick={() => on.onReplay(delivery)}>
            {t.deliveries.replayOne}
          </Menu.Item>
        )}
        <Menu.Divider />
        <Menu.Label>{t.deliveries.onlyThose}</Menu.Label>
        {values.map((value) => (
          <Menu.Item
            key={value.field}
            leftSection={<Filter size={15} />}
            onClick={() => onFilter(value)}
          >
            {t.filter.chip(t.filter.fields[value.field], labelOf(value))}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

/** What stands in a row, as filters. */
function filtersOf(delivery: Delivery): FilterValue[] {
  const { status, eventType, subscriptionId, entityId, eventId } = delivery
  const { lastStatusCode, lastOutcome } = delivery
  return [
    { field: 'status', value: status },
    { field: 'eventType', value: eventType },
    { field: 'subscriptionId', value: subscriptionId },
    { field: 'entityId', value: entityId },
    { field: 'eventId', value: eventId },
    ...(lastStatusCode === null
      ? []
      : [{ field: 'statusCode' as const, value: String(lastStatusCode) }]),
    ...(lastOutcome === null ? [] : [{ field: 'outcome' as const, value: lastOutcome }]),
  ]
}
