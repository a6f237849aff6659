import { defineErrors } from '../kernel/errors.ts'

export const eventErrors = defineErrors({
  event_conflict: { status: 409, title: 'Another event has this id' },
  event_type_unknown: { status: 422, title: 'The catalogue has no such event type' },
  event_type_reserved: { status: 422, title: 'Only Posthorn itself reports such an event' },
  event_data_invalid: { status: 422, title: 'The data does not fit its event type' },
  event_id_invalid: { status: 422, title: 'The id of an event must be a UUIDv7' },
  event_id_out_of_range: {
    status: 422,
    title: 'The id of the event lies outside the retained time',
  },
  event_too_large: { status: 413, title: 'The event is too large' },
})
