import { defineErrors } from '../kernel/errors.ts'

export const deliveryErrors = defineErrors({
  delivery_event_dropped: {
    status: 409,
    title: 'The event of this delivery is no longer retained',
  },
  delivery_finished: {
    status: 409,
    title: 'The delivery is finished',
  },
  delivery_subscription_inactive: {
    status: 409,
    title: 'The subscription of this delivery does not accept any',
  },
})
