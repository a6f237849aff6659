import { defineErrors } from '../kernel/errors.ts'

export const accessErrors = defineErrors({
  api_key_ended: { status: 409, title: 'The API key was revoked or has expired' },
  origin_not_allowed: { status: 403, title: 'The credentials are not for pages of this origin' },
  signing_keys_unavailable: {
    status: 503,
    title: 'The keys that JWTs are checked with cannot be fetched right now',
  },
})
