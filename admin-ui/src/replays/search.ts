import { z } from 'zod/mini'
import { lenient } from '../filter/lenient.ts'

export const replayStatuses = ['running', 'paused', 'completed', 'cancelled', 'failed'] as const

export const replaysSearch = z.object({ status: lenient(z.enum(replayStatuses)) })
