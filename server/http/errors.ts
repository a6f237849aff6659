import { defineErrors } from '../kernel/errors.ts'

export const httpErrors = defineErrors({
  body_missing: { status: 400, title: 'This request needs a JSON body' },
  body_unreadable: { status: 400, title: 'The body could not be read to its end' },
  body_already_read: { status: 500, title: 'The host read the body before Posthorn could' },
  body_too_large: { status: 413, title: 'The body is too large' },
  media_type_unsupported: { status: 415, title: 'The body must be JSON' },
  method_not_allowed: { status: 405, title: 'This path does not have that method' },
  request_malformed: { status: 400, title: 'The request cannot be understood' },
  credentials_missing: { status: 401, title: 'This request needs credentials' },
  credentials_invalid: { status: 401, title: 'The credentials are not valid' },
  scope_missing: { status: 403, title: 'The credentials lack a scope' },
  platform_credential_required: {
    status: 403,
    title: 'This request needs a credential of the platform',
  },
})
