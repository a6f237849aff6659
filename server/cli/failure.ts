import { styleText } from 'node:util'
import { PosthornApiError } from '@posthorn/sdk'
import { CommanderError } from 'commander'
import { type FieldIssue, PosthornError } from '../kernel/errors.ts'

/** What a failed command leaves: its exit code, and what to print where. */
export interface Failure {
  exitCode: number
  out: string
  err: string
}

interface Manner {
  /** One document on standard output, instead of text on standard error. */
  isJson: boolean
  /** With the stack. */
  isDebug: boolean
  isTerminal: boolean
}

/** What an error says to the person, or to the program, that ran the command. */
interface Account {
  code: string
  message: string
  issues: readonly FieldIssue[]
  requestId?: string | undefined
}

/** Exit code 2 is for what whoever typed it can put right: the command line, the environment, the input. */
export function describeFailure(error: unknown, manner: Manner): Failure {
  // Help and version are thrown as well, after they were printed; help that nobody asked for is a mistake.
  if (error instanceof CommanderError && (error.exitCode === 0 || error.code === 'commander.help'))
    return { exitCode: error.exitCode === 0 ? 0 : 2, out: '', err: '' }
  // A command that has said everything itself, and only has an exit code left.
  if (error instanceof CommanderError && error.code.startsWith('posthorn.'))
    return { exitCode: error.exitCode, out: '', err: '' }
  const exitCode = isUsage(error) ? 2 : 1
  const account = accountOf(error)
  const stack = manner.isDebug && error instanceof Error ? error.stack : undefined
  if (manner.isJson) {
    const document = { error: { ...account, ...(stack !== undefined && { stack }) } }
    return { exitCode, out: `${JSON.stringify(document)}\n`, err: '' }
  }
  return { exitCode, out: '', err: textOf(account, stack, manner.isTerminal) }
}

function isUsage(error: unknown): boolean {
  if (error instanceof CommanderError) return true
  const isOurs = error instanceof PosthornError || error instanceof PosthornApiError
  return isOurs && (error.status === 400 || error.status === 422)
}

function accountOf(error: unknown): Account {
  if (error instanceof CommanderError)
    return { code: 'usage', message: error.message.replace(/^error: /, ''), issues: [] }
  if (error instanceof PosthornApiError) {
    const { code, title, detail, issues, requestId } = error
    return { code, message: detail ?? title, issues, requestId }
  }
  if (error instanceof PosthornError) {
    // A detail that lists the issues says them already.
    const { code, title, detail, issues = [] } = error
    const isList = issues.some(({ message }) => detail?.includes(message))
    return { code, message: isList ? title : withCause(detail ?? title, error), issues }
  }
  // 42P01: no such table.
  if (error instanceof Error && 'code' in error && error.code === '42P01') {
    const message = `${error.message}: run \`posthorn migrate\` first, with the same POSTHORN_SCHEMA`
    return { code: 'not_migrated', message, issues: [] }
  }
  const message = error instanceof Error ? withCause(error.message, error) : String(error)
  return { code: 'unexpected', message, issues: [] }
}

/** Whoever runs the command is the operator, so that the reason behind may be told. */
function withCause(message: string, { cause }: Error): string {
  const reason = cause instanceof Error ? cause.message : ''
  return reason === '' || message.includes(reason) ? message : `${message}: ${reason}`
}

function textOf(
  { message, issues, requestId }: Account,
  stack: string | undefined,
  isTerminal: boolean,
): string {
  const label = isTerminal ? styleText('red', 'Error', { validateStream: false }) : 'Error'
  const lines = [
    `${label}: ${message}`,
    ...issues.map(({ field, message: what, fix }) =>
      [`  ${field} ${what}.`.replace('  ', field === '' ? ' ' : '  '), fix]
        .filter(Boolean)
        .join(' '),
    ),
    ...(requestId === undefined ? [] : [`  Request ${requestId}`]),
    ...(stack === undefined ? [] : [stack]),
  ]
  return `${lines.join('\n')}\n`
}
