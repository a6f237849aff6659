import { notifications } from '@mantine/notifications'
import { Hourglass } from 'lucide-react'
import type { Messages } from '../messages/use-messages.ts'
import { Countdown } from '../time/countdown.tsx'
import { serverNowMs } from '../time/use-now.ts'
import type { Slowdown } from './patience.ts'

const id = 'slowdown'

/** One notice, however many requests wait; it goes when the wait is over. */
export function notifySlowdown({ title, waitMs }: Slowdown, t: Messages['common']): void {
  const until = new Date(serverNowMs() + waitMs).toISOString()
  const notice = {
    id,
    title: title || t.slowdown,
    message: (
      <>
        {t.sentAgainIn} <Countdown until={until} past={t.now} />
      </>
    ),
    icon: <Hourglass size={16} />,
    color: 'yellow',
    autoClose: waitMs,
  }
  // Of the two, the one does nothing while it is shown, the other while it is not.
  notifications.update(notice)
  notifications.show(notice)
}
