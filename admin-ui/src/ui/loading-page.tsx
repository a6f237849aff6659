import { Skeleton, Stack, VisuallyHidden } from '@mantine/core'
import { useMessages } from '../messages/use-messages.ts'
import classes from './loading-page.module.css'

/** Shows after a moment only: what comes at once should not flicker. */
export function LoadingPage() {
  const { loading } = useMessages().common
  return (
    <Stack className={classes['late'] ?? ''} p="md" role="status">
      <VisuallyHidden>{loading}</VisuallyHidden>
      <Skeleton height={28} width="min(14rem, 60%)" />
      <Skeleton height={16} />
      <Skeleton height={16} />
      <Skeleton height={16} width="70%" />
    </Stack>
  )
}
