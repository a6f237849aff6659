import { defineErrors } from '../kernel/errors.ts'

export const dispatcherErrors = defineErrors({
  dispatcher_running: { status: 409, title: 'The dispatcher of this process runs already' },
})
