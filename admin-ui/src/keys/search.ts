import { z } from 'zod/mini'
import { lenient } from '../filter/lenient.ts'

export const keysSearch = z.object({
  tab: lenient(z.enum(['keys', 'portal'])),
  /** Portal tokens that are no longer valid, too. */
  expired: lenient(z.enum(['true'])),
})
