export interface CodeViewProps {
  /** Shown as it is, every character of it. */
  text: string
  language: 'json' | 'text'
  /** What it is, for who does not see it. */
  label: string
  /** Lines in sight at most; it scrolls beyond. @default 24 */
  linesMax?: number
}
