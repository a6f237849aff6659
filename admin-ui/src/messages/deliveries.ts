import { count } from './count.ts'
import { number } from './number.ts'

const deliveries = (value: number) => count(value, 'delivery', 'deliveries')

export const deliveriesPage = {
  list: 'Deliveries',
  columns: {
    status: 'Status',
    eventType: 'Event type',
    entity: 'Entity',
    subscription: 'Subscription',
    answer: 'Answer',
    duration: 'Took',
    attempts: 'Attempts',
    created: 'Created',
    next: 'Next attempt',
  },
  columnsMenu: 'Columns',
  density: 'Low rows',
  dueNow: 'due now',
  whenResumed: 'on resume',
  heldText: 'It waits until the subscription is resumed.',
  rowMenu: 'What to do with this row',
  openPage: 'Open as a page',
  copyId: 'Copy id',
  idCopied: 'Delivery id copied',
  idsCopied: (ids: number) => `${count(ids, 'id', 'ids')} copied`,
  replayOne: 'Replay…',
  onlyThose: 'Only those with',
  matching: (value: string) => `${value} matching`,
  matchingHint: 'Counting stops at 10,000, or after a part of the log when few match.',
  counting: 'Counting…',
  views: {
    label: 'Views',
    all: 'All',
    failed: 'Failed',
    retrying: 'Retrying',
    never: 'Never attempted',
    save: 'Save this view…',
    saveTitle: 'Save this view',
    name: 'Name',
    hint: 'Kept in this browser. A relative time stays relative.',
    remove: (name: string) => `Remove view ${name}`,
    more: 'Saved views',
  },
  live: {
    connecting: 'Connecting',
    live: 'Live',
    reconnecting: 'Reconnecting',
    paused: 'Paused',
    gap: 'Gap',
    refused: 'Every 5 s',
    pausedWith: (rows: string) => `Paused (${rows} new)`,
    toggle: 'New deliveries as they come',
    newRows: (rows: string) => `${rows} new`,
    gapText: 'Some may be missing: read again',
    shortcut: 'Live or paused',
  },
  chart: {
    toggle: 'Chart',
    label: 'Deliveries over time',
    choose: 'Arrow keys choose an interval, with Shift several; Enter shows only those',
    from: (since: string) => `Of what was looked at: since ${since}`,
    table: 'As a table',
    zoom: 'Show only those',
    interval: 'Interval',
    total: 'In all',
    parts: (parts: { label: string; count: number }[]) =>
      parts
        .filter(({ count }) => count > 0)
        .map((part) => count(part.count, part.label, part.label))
        .join(' · ') || 'none',
    span: (from: string, to: string) => `${from} – ${to}`,
  },
  selection: {
    chosen: (value: number) => `${number(value)} selected`,
    chosenAll: (value: string) => `All ${value} matching selected`,
    all: (value: string) => `Select all ${value} matching`,
    clear: 'Clear selection',
    replay: 'Replay…',
    tooMany: 'More than 1,000: select all that match, or fewer',
    copy: 'Copy ids',
    cancel: 'Cancel retries…',
    cancelTitle: (value: number) => `Cancel ${deliveries(value)}?`,
    cancelText: (pending: number, others: number) =>
      others === 0
        ? `${deliveries(pending)} will not be tried again, unless they are replayed.`
        : `${deliveries(pending)} will not be tried again, unless they are replayed. ${deliveries(others)} are finished already and stay as they are.`,
    cancelConfirm: (value: number) => `Cancel ${deliveries(value)}`,
    keep: 'Keep trying',
    cancelled: (value: number) => `${deliveries(value)} cancelled`,
    cancelledSome: (done: number, finished: number) =>
      `${deliveries(done)} cancelled; ${finished} had finished in the meantime`,
  },
  export: {
    label: 'Export',
    ndjson: 'NDJSON, one delivery per line',
    csv: 'CSV, for a spreadsheet',
    done: 'The file is complete.',
    incomplete: 'The file is not complete: its last line says why, and where to go on from.',
  },
  pane: {
    label: 'Delivery',
    resize: 'Width of the delivery beside the list',
  },
  keys: { replay: 'Replay', copyId: 'Copy the id', menu: 'What to do with the row' },
  noMatch: {
    title: 'No delivery matches',
    text: 'Remove a filter, or look further back.',
    remove: 'Without',
    widen: (range: string) => `Widen to: ${range}`,
  },
  empty: {
    title: 'Nothing has been delivered yet',
    pinnedTitle: 'Nothing has been delivered to this subscription yet',
    text: 'A delivery appears here when an event is posted that a subscription asks for.',
    waiting: 'Waiting for the first event…',
    curl: 'curl',
    node: 'Node.js',
  },
}
