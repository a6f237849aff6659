import { notifications } from '@mantine/notifications'
import type { Messages } from '../messages/use-messages.ts'

/** It is posted; what does not fit its schema is said beside it. */
export function notifyWarnings(
  warnings: readonly { field: string; message: string }[],
  t: Messages['events'],
): void {
  notifications.show({
    title: t.warnings,
    message: warnings.map(({ field, message }) => `${field} ${message}`).join('; '),
    color: 'yellow',
    autoClose: 15_000,
  })
}
