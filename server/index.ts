export { createPosthorn, type Posthorn } from './create-posthorn.ts'
export { type FieldIssue, PosthornError } from './kernel/errors.ts'
export type { Logger } from './kernel/logger.ts'
export type { DispatcherOptions, PosthornOptions } from './options.ts'
