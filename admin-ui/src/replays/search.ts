import { z } from 'zod/mini'

export const replaysSearch = z.object({})
