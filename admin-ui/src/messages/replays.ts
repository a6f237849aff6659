import { count } from './count.ts'

const deliveries = (value: number) => count(value, 'delivery', 'deliveries')
const atLeast = (complete: boolean) => (complete ? '' : 'at least ')

export const replays = {
  title: 'Replay',
  description: 'Jobs that send deliveries again.',
  modes: {
    failed: 'Failed only',
    missing: 'Missing',
    all: 'Everything',
  },
  modeTexts: {
    failed: 'Sends again what failed or was cancelled, and leaves alone what was delivered.',
    missing:
      'Sends events that the subscription would hear of today and that never had a delivery, also from before it existed.',
    all: 'Sends again what was delivered, too. Receivers get those a second time.',
  },
  missingNeedsSubscription: 'Only for one subscription: filter by it first.',
  missingIgnores: (fields: string[]) =>
    `An event without a delivery has no ${fields.join(', ')}: that part of the filter is left out.`,
  ignorable: {
    status: 'status',
    statusCode: 'answer',
    outcome: 'outcome',
    trigger: 'trigger',
    minAttempts: 'attempts',
    maxAttempts: 'attempts',
    replayId: 'replay',
  } as Record<string, string>,
  mode: 'What to send',
  what: 'Selected',
  range: 'Created',
  selector: {
    selected: (value: number) => `${count(value, 'selected delivery', 'selected deliveries')}`,
    deliveries: 'deliveries',
    everything: 'All deliveries',
    or: ' or ',
    ofTypes: (types: string) => `of ${types}`,
    about: (entity: string) => `about ${entity}`,
    ofEvent: (id: string) => `of event ${id}`,
    to: (subscriptions: string) => `to ${subscriptions}`,
    answered: (codes: string) => `answered with ${codes}`,
    ended: (outcomes: string) => `that ended in “${outcomes}”`,
    triggered: (triggers: string) => `sent because of ${triggers}`,
    attempts: (value: number) => `tried at least ${count(value, 'time', 'times')}`,
    attemptsMax: (value: number) =>
      value === 0 ? 'never tried' : `tried at most ${count(value, 'time', 'times')}`,
    ofReplay: (id: string) => `of replay ${id}`,
  },
  triggerWords: { event: 'the event', test: 'a test', replay: 'a replay' } as Record<
    string,
    string
  >,
  ranges: {
    any: 'Any time up to now',
    between: (since: string, until: string) => `${since} to ${until}`,
    since: (since: string) => `Since ${since}`,
    until: (until: string) => `Until ${until}`,
    ago: (duration: string) => `the last ${duration}`,
  },
  counting: 'Counting what would be sent…',
  willSend: (value: number, complete: boolean) =>
    `${atLeast(complete)}${deliveries(value)} will be sent`.replace(/^a/, 'A'),
  notCountedAll: 'There is more than could be counted: the figures are the least.',
  clampedSince: (time: string) => `Goes back to ${time}: what is older is no longer kept.`,
  skippedTitle: 'Left alone',
  skippedReason: (value: number, why: string) => `${value.toLocaleString('en')} ${why}`,
  skipped: {
    succeeded: 'were delivered already',
    failed: 'had a delivery, which failed: “Failed only” sends them',
    pending: 'wait or are under way',
    paused: 'go to a paused subscription',
    inactive: 'go to a subscription that is disabled or deleted',
    beyondRetention: 'are no longer kept',
  },
  nothingTitle: 'Nothing to send',
  nothingSkipped: 'Nothing matches what was selected in this mode.',
  nothingBecause: 'All that matches is left alone:',
  nothingMode: {
    failed: 'Nothing that matches has failed or was cancelled.',
    missing: 'Every event that it would hear of has a delivery.',
    all: 'Nothing matches.',
  },
  tooMany: (value: number, max: number) =>
    `${deliveries(value)} are selected. At most ${count(max, 'one', 'can be')} replayed by selection: use a filter instead.`,
  rate: 'Deliveries per second',
  rateHint: 'Receivers that just came back like it slow.',
  unlimited: 'As fast as it goes',
  takes: (duration: string) => `Takes about ${duration}.`,
  typeNumber: (value: string) => `Type ${value} to confirm`,
  confirm: (value: number, complete: boolean) => `Replay ${atLeast(complete)}${deliveries(value)}`,
  confirmEmpty: 'Replay',
  noneYet: 'No replay yet',
  noneYetText: 'Choose deliveries in the log, or filter them, and replay them all at once.',
  toDeliveries: 'To the deliveries',
  noneOfStatus: (status: string) => `No replay is ${status.toLowerCase()}`,
  showAll: 'Show all',
  columns: {
    selector: 'What',
    mode: 'Mode',
    status: 'Status',
    progress: 'Progress',
    rate: 'Rate',
    by: 'By',
    created: 'Created',
  },
  anyStatus: 'Any status',
  statusFilter: 'Status',
  list: 'Replays',
  perSecond: (value: number) => `${value}/s`,
  unlimitedShort: 'No limit',
  createdBy: { api_key: 'API key', portal_token: 'Portal', jwt: 'Person' } as Record<
    string,
    string
  >,
  queuedOf: (queued: number, total: number | undefined) =>
    total === undefined
      ? `${count(queued, 'sent', 'sent')}`
      : `${queued.toLocaleString('en')} of ${total.toLocaleString('en')}`,
  percent: (value: number) => `${value}%`,
  activeCount: (value: number) => count(value, 'replay', 'replays'),
  view: 'View',
  pause: 'Pause',
  resume: 'Resume',
  cancel: 'Cancel replay',
  hide: 'Hide',
  announce: (percent: number) => `Replay ${percent}% done`,
  cancelTitle: 'Cancel this replay?',
  cancelText: (left: number | undefined) =>
    left === undefined
      ? 'What is not yet tried is not sent. What was sent stays sent.'
      : `${deliveries(left)} not yet tried will not be sent. What was sent stays sent.`,
  keep: 'Go on replaying',
  ended: (succeeded: number, failed: number) =>
    `${succeeded.toLocaleString('en')} delivered, ${failed.toLocaleString('en')} failed`,
  progressTitle: 'Progress',
  progressLabel: (percent: string) => `Progress: ${percent}`,
  parts: {
    succeeded: 'Delivered',
    failed: 'Failed',
    pending: 'Pending',
    left: 'Not queued',
    skipped: 'Left alone',
  },
  facts: {
    throughput: 'Throughput',
    eta: 'Time left',
    rate: 'Rate',
    created: 'Created',
    finished: 'Ended',
    by: 'By',
    mode: 'Mode',
    id: 'Id',
    estimate: 'Expected',
  },
  throughput: (perSecond: number) => `${perSecond.toFixed(perSecond < 10 ? 1 : 0)} queued/s`,
  estimate: (value: number, complete: boolean) =>
    `${complete ? '' : 'At least '}${deliveries(value)}`,
  etaUnknown: 'Not known yet',
  failures: (value: number) => count(value, 'failure of this replay', 'failures of this replay'),
  all: 'All deliveries of this replay',
  lowerBounds: 'More have ended than were counted: these are the least.',
  retriesGoOn: (value: number) =>
    `All were tried once; ${count(value, 'is', 'are')} tried again by the retry schedule.`,
}
