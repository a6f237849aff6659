import { defineErrors } from '../kernel/errors.ts'

export const replayErrors = defineErrors({
  replay_filter_empty: { status: 422, title: 'A replay must say what it is about' },
  replay_subscription_required: {
    status: 422,
    title: 'Missing deliveries are looked for with one subscription',
  },
  replay_subscription_inactive: {
    status: 409,
    title: 'The subscription of this replay does not accept deliveries',
  },
  replay_finished: { status: 409, title: 'The replay has ended' },
})
