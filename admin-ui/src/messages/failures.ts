import { number } from './number.ts'

export const failures = {
  unknown: 'Failed',
  list: 'Failure groups',
  pane: 'Failure group',
  replayKey: 'Replay the group',
  description: 'What failed and what is tried again, by subscription and error.',
  columns: {
    error: 'Error',
    detail: 'Detail',
    subscription: 'Subscription',
    count: 'Deliveries',
    failed: 'Failed',
    pending: 'Retrying',
    eventTypes: 'Event types',
    first: 'First',
    last: 'Last',
  },
  counts: (failed: number, pending: number) =>
    [
      ...(failed > 0 ? [`${number(failed)} failed`] : []),
      ...(pending > 0 ? [`${number(pending)} retrying`] : []),
    ].join(', '),
  moreTypes: (value: number) => `+${number(value)}`,
  bounded: (value: number) =>
    `Groups of the newest ${number(value)} failures; there are more in this time. Choose a shorter time, or one subscription, to see them.`,
  noneTitle: 'Nothing failed',
  noneText: 'Every delivery of this time succeeded, or waits for its first attempt.',
  goneGroup: 'This group has no failures in this time any more.',
  replay: (value: number) => `Replay all ${number(value)}`,
  onlyPending: 'Posthorn still retries these; there is nothing to replay yet.',
  pause: 'Pause subscription',
  paused: (name: string) => `${name} is paused; its deliveries are held.`,
  resume: 'Resume subscription',
  resumed: (name: string) => `${name} is active again.`,
  inLog: 'Show in the log',
  openExample: 'Open the newest delivery',
  what: 'What happened',
  next: 'What to do',
}
