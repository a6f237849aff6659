import { hostname, userInfo } from 'node:os'
import type { Caller } from '../kernel/caller.ts'
import { newId } from '../kernel/ids.ts'
import { version } from '../kernel/version.ts'

/** Who the audit log names: the account of the machine that the command runs as. */
export function operator(): Caller {
  const user = userName()
  return {
    actor: {
      kind: 'command_line',
      id: user,
      name: `${user}@${hostname()}`,
      organisationId: null,
      scopes: ['admin'],
      expiresAt: null,
      allowedOrigins: null,
    },
    ipAddress: null,
    userAgent: `posthorn/${version}`,
    requestId: newId(),
  }
}

/** In a container, a process may run as a number without a name. */
function userName(): string {
  try {
    return userInfo().username
  } catch {
    return String(process.getuid?.() ?? 'unknown')
  }
}
