import type { ReactNode } from 'react'

export type CodeLanguage = 'json' | 'text'

export interface CodeViewProps {
  /** Shown as it is, every character of it. */
  text: string
  language: CodeLanguage
  /** What it is, for who does not see it. */
  label: string
  /** Lines in sight at most; it scrolls beyond. @default 24 */
  linesMax?: number
  /** What the copy button takes when it is other than what is shown. */
  exact?: string | undefined
  /** At the start of the bar above the text. */
  toolbar?: ReactNode
}

export interface CodeEditorProps {
  value: string
  onChange(value: string): void
  label: string
  language: CodeLanguage
  /** Wrong for another reason than its syntax, which is checked here. */
  invalid?: boolean | undefined
  /** Lines in sight at least. @default 6 */
  linesMin?: number
}
