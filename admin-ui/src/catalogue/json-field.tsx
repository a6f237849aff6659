import { Input } from '@mantine/core'
import type { ReactNode } from 'react'
import { CodeEditor } from '../code/code-editor.tsx'

interface Props {
  label: string
  value: string
  error?: ReactNode
  onChange(text: string): void
}

/** JSON as a field of a form. */
export function JsonField({ label, value, error, onChange }: Props) {
  return (
    <Input.Wrapper label={label} labelElement="div" error={error}>
      <CodeEditor
        label={label}
        value={value}
        onChange={onChange}
        language="json"
        invalid={Boolean(error)}
      />
    </Input.Wrapper>
  )
}
