import { z } from 'zod/mini'

export const catalogueSearch = z.object({ q: z.optional(z.string()) })
