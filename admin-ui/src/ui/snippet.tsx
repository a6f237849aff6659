import { Box, Code } from '@mantine/core'
import { CopyIcon } from './copy-value.tsx'
import classes from './snippet.module.css'

/** A command or a piece of code to copy. */
export function Snippet({ text, label }: { text: string; label: string }) {
  return (
    <Box className={classes['snippet']}>
      {/* Scrolls, so the keyboard must reach it. */}
      <Code block tabIndex={0} role="region" aria-label={label} className={classes['code']}>
        {text}
      </Code>
      <span className={classes['copy']}>
        <CopyIcon value={text} label={label} />
      </span>
    </Box>
  )
}
