import { z } from 'zod/mini'
import { type FrameSettings, type HostMessage, protocolVersion } from './protocol.ts'

const posthorn = z.literal(protocolVersion)
const theme = z.enum(['light', 'dark', 'auto'])
/** The one notation that need not be looked at twice before it goes into a style sheet. */
const accent = z.string().check(z.regex(/^#[\da-f]{6}$/i))
/** Begins with one slash, so that it cannot name another host. */
const path = z.string().check(z.regex(/^\/(?!\/)/), z.maxLength(2048))

const message = z.discriminatedUnion('type', [
  z.object({ posthorn, type: z.literal('token:set'), token: z.string().check(z.minLength(1)) }),
  z.object({
    posthorn,
    type: z.literal('theme:set'),
    theme: z.optional(theme),
    accent: z.optional(accent),
  }),
  z.object({ posthorn, type: z.literal('navigate'), path }),
  z.object({ posthorn, type: z.literal('error'), code: z.literal('token_unavailable') }),
])

const settings = z.object({
  origin: z.catch(z.optional(z.url()), undefined),
  theme: z.catch(z.optional(theme), undefined),
  accent: z.catch(z.optional(accent), undefined),
  navigation: z.catch(z.optional(z.literal('hidden')), undefined),
})

/** Undefined for what is not a message of the protocol. */
export function readHostMessage(data: unknown): HostMessage | undefined {
  return message.safeParse(data).data
}

/** A setting that makes no sense is as if it were not there. */
export function readSettings(hash: string): FrameSettings {
  return settings.parse(Object.fromEntries(new URLSearchParams(hash.slice(1))))
}
