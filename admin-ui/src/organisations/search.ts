import { z } from 'zod/mini'

export const organisationsSearch = z.object({ q: z.optional(z.string()) })
