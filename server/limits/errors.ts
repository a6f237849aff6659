import { defineErrors } from '../kernel/errors.ts'

export const limitErrors = defineErrors({
  rate_limited: { status: 429, title: 'This credential asks for too much' },
  too_many_failures: {
    status: 429,
    title: 'Too many requests with credentials that are not valid',
  },
  event_quota_exceeded: { status: 429, title: 'The organisation sends too many events' },
  backlog_quota_exceeded: {
    status: 429,
    title: 'Too many deliveries of the organisation are waiting',
  },
  subscription_quota_exceeded: {
    status: 409,
    title: 'The organisation has as many subscriptions as it may',
  },
})
