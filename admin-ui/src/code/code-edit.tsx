import { Input, Paper, Skeleton } from '@mantine/core'
import { lazy, type ReactNode, Suspense } from 'react'
import type { CodeEditProps } from './code-edit-props.ts'

const Editor = lazy(() => import('./code-editor.tsx'))

/** A field for JSON; the editor behind it comes after the page. */
export function CodeEdit({
  error,
  hint,
  ...props
}: CodeEditProps & { error?: ReactNode; hint?: ReactNode }) {
  return (
    <Input.Wrapper label={props.label} labelElement="div" description={hint} error={error}>
      <Paper withBorder mt={4} style={{ overflow: 'hidden' }}>
        <Suspense fallback={<Skeleton height={160} />}>
          <Editor {...props} />
        </Suspense>
      </Paper>
    </Input.Wrapper>
  )
}
