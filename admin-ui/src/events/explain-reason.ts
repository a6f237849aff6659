import type { EventMatch } from '@posthorn/sdk'
import type { Messages } from '../messages/use-messages.ts'

type Reason = EventMatch['reasons'][number]

const shownMax = 3

/** Why a subscription does not hear of an event, in the words of people. */
export function explainReason(reason: Reason, t: Messages['events']): string {
  const { criterion, expected, actual, message } = reason
  const found = shown(actual, t)
  if (criterion === 'filter') return explainCondition(reason, t)
  if (criterion === 'status') return t.reasons.status(String(actual))
  if (criterion === 'operational') return message
  return t.reasons[criterion](shown(expected, t), found)
}

/** A condition of the filter; of a whole filter that cannot be read, only the server knows why. */
function explainCondition({ path, expected, actual, message }: Reason, t: Messages['events']) {
  const [comparison] = Object.entries((expected ?? {}) as Record<string, unknown>)
  if (path === undefined || !comparison) return message
  const [operator, operand] = comparison
  const negated = operator.startsWith('not ')
  const plain = negated ? operator.slice('not '.length) : operator
  const words = t.operators[plain] ?? plain
  return t.reasons.condition(
    `data.${typeof path === 'string' ? path : path.join('.')}`,
    negated ? t.negated(words) : words,
    shown(operand, t),
    shown(actual, t),
  )
}

function shown(value: unknown, t: Messages['events']): string {
  if (value === null || value === undefined) return t.nothing
  if (Array.isArray(value)) {
    const first = value.slice(0, shownMax).map((item) => shown(item, t))
    const others = value.length - first.length
    return others > 0 ? `${first.join(', ')} ${t.others(others)}` : first.join(', ')
  }
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > 120 ? `${text.slice(0, 120)}…` : text
}
