import { Skeleton } from '@mantine/core'
import { lazy, Suspense } from 'react'
import type { CodeViewProps } from './code-view-props.ts'

const Viewer = lazy(() => import('./code-viewer.tsx'))

/** Text in fixed width with folding and search, however long it is; the editor behind it comes after the page. */
export function CodeView(props: CodeViewProps) {
  return (
    <Suspense fallback={<Skeleton height={160} />}>
      <Viewer {...props} />
    </Suspense>
  )
}
