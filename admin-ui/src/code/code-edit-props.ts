export interface CodeEditProps {
  /** What stands there at first; with another `key` it begins anew. */
  initial: string
  label: string
  onChange(text: string): void
}
