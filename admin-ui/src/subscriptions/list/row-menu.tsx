import { Menu } from '@mantine/core'
import type { Subscription } from '@posthorn/sdk'
import { useMessages } from '../../messages/use-messages.ts'
import { SubscriptionMenuItems } from '../menu-items.tsx'
import classes from './list-cells.module.css'

export interface OpenMenu {
  subscription: Subscription
  button: HTMLElement
}

interface Props extends OpenMenu {
  onClose(): void
  onDelete(): void
  onReplay(): void
}

/** One menu for all rows, at the button that opened it. */
export function RowMenu({ subscription, button, onClose, ...on }: Props) {
  const t = useMessages().subscriptions
  const { right, bottom } = button.getBoundingClientRect()
  const close = () => {
    onClose()
    button.focus()
  }
  return (
    <Menu opened onClose={close} position="bottom-end" shadow="md" width={220}>
      <Menu.Target>
        <span className={classes['anchor']} style={{ left: right, top: bottom }} />
      </Menu.Target>
      <Menu.Dropdown aria-label={t.actions.more}>
        <SubscriptionMenuItems subscription={subscription} {...on} />
      </Menu.Dropdown>
    </Menu>
  )
}
