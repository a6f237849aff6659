import type { Verdict } from './verdict.ts'

export interface Result {
  id: string
  title: string
  seconds: number
  verdict: Verdict | Error
}

/** As Markdown, so that it can be kept. */
export const header = [
  '| Fault | | Accepted | Delivered | Lost | Duplicates (bound) | Fenced | Recovery | | Wall | Invariants |',
  '| ----- | - | -------: | --------: | ---: | -----------------: | -----: | -------: | - | ---: | ---------- |',
].join('\n')

export function row({ id, title, seconds, verdict }: Result): string {
  const cells =
    verdict instanceof Error
      ? ['', '', '', '', '', '', '', `${seconds} s`, 'did not run to the end']
      : [
          verdict.accepted,
          verdict.delivered,
          verdict.lost,
          `${verdict.duplicates} (${verdict.duplicatesMax})`,
          verdict.fenced,
          verdict.recoveryMs === null ? '' : `${(verdict.recoveryMs / 1000).toFixed(1)} s`,
          verdict.note,
          `${seconds} s`,
          verdict.violations.length === 0 ? 'hold' : `${verdict.violations.length} violations`,
        ]
  return `| ${[id, title, ...cells].join(' | ')} |`
}
