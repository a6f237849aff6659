import { Menu } from '@mantine/core'
import type { Subscription } from '@posthorn/sdk'
import { useMessages } from '../../messages/use-messages.ts'
import { nameOf } from '../describe-subscription.ts'
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
        <button
          type="button"
          tabIndex={-1}
          aria-hidden="true"
          aria-label={t.actions.of(nameOf(subscription))}
          className={classes['anchor']}
          style={{ left: right, top: bottom }}
        />
      </Menu.Target>
      <Menu.Dropdown>
        <SubscriptionMenuItems subscription={subscription} {...on} />
      </Menu.Dropdown>
    </Menu>
  )
}
