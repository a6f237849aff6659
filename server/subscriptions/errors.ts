import { defineErrors } from '../kernel/errors.ts'

export const subscriptionErrors = defineErrors({
  subscription_uid_taken: { status: 409, title: 'Another subscription has this uid' },
  subscription_not_active: { status: 409, title: 'The subscription does not accept deliveries' },
  subscription_changed: { status: 412, title: 'The subscription was changed meanwhile' },
  url_checks_busy: { status: 429, title: 'Too many URLs are being checked at once' },
})
