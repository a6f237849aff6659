import { defineErrors } from '../kernel/errors.ts'

export const idempotencyErrors = defineErrors({
  idempotency_key_invalid: { status: 400, title: 'The header Idempotency-Key cannot be used' },
  idempotency_conflict: { status: 422, title: 'The Idempotency-Key was used for another request' },
  idempotency_in_progress: {
    status: 409,
    title: 'The first request with this Idempotency-Key is under way',
  },
  idempotency_answer_lost: {
    status: 409,
    title: 'The first request was carried out, and its answer was lost',
  },
  idempotency_answer_sealed: {
    status: 409,
    title: 'The first request was carried out, and its answer is for its own token only',
  },
})
