import { defineErrors } from '../kernel/errors.ts'

export const subscriptionErrors = defineErrors({
  subscription_uid_taken: { status: 409, title: 'Another subscription has this uid' },
  subscription_not_active: { status: 409, title: 'The subscription does not accept deliveries' },
  subscription_mode_fixed: { status: 409, title: 'The mode of a subscription cannot be changed' },
  subscription_is_pulled: { status: 409, title: 'Nothing is sent to a pull subscription' },
  subscription_not_pulled: { status: 409, title: 'The deliveries of this subscription are posted' },
  subscription_secret_sealed: {
    status: 409,
    title: 'The secret of the subscription cannot be read',
  },
  subscription_secrets_full: {
    status: 409,
    title: 'Too many secrets of the subscription still sign',
  },
  subscription_signs_with_private_key: {
    status: 409,
    title: 'The subscription has no secret that a receiver shares',
  },
  subscription_changed: { status: 412, title: 'The subscription was changed meanwhile' },
  url_checks_busy: { status: 429, title: 'Too many URLs are being checked at once' },
})
