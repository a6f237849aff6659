import { Skeleton } from '@mantine/core'
import { lazy, Suspense } from 'react'
import type { CodeEditorProps } from './code-view-props.ts'

const Writer = lazy(() => import('./code-writer.tsx'))

/** A field for code, with its syntax checked as one types; the editor behind it comes after the page. */
export function CodeEditor(props: CodeEditorProps) {
  return (
    <Suspense fallback={<Skeleton height={(props.linesMin ?? 6) * 18 + 8} />}>
      <Writer {...props} />
    </Suspense>
  )
}
