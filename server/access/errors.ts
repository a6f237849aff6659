import { defineErrors } from '../kernel/errors.ts'

export const accessErrors = defineErrors({
  credentials_missing: { status: 401, title: 'This request needs credentials' },
  credentials_invalid: { status: 401, title: 'The credentials are not valid' },
  scope_missing: { status: 403, title: 'The credentials lack a scope' },
  platform_credential_required: {
    status: 403,
    title: 'This request needs a credential of the platform',
  },
})
