import { defineErrors } from '../kernel/errors.ts'

export const streamErrors = defineErrors({
  stream_limit_reached: { status: 429, title: 'Too many streams are open' },
  stream_ended: { status: 503, title: 'This process is stopping' },
})
