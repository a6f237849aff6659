export { answerOnce } from './answer-once.ts'
export { markApplied } from './mark-applied.ts'
export { purgeIdempotencyKeys } from './purge-idempotency-keys.ts'
