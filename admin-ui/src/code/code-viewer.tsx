import { openSearchPanel } from '@codemirror/search'
import { Compartment } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { ActionIcon, Box, Group, Tooltip } from '@mantine/core'
import { Search, WrapText } from 'lucide-react'
import { useCallback, useMemo, useState } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import { CopyIcon } from '../ui/copy-value.tsx'
import classes from './code.module.css'
import type { CodeViewProps } from './code-view-props.ts'
import { viewing } from './extensions.ts'
import { useCodeMirror } from './use-code-mirror.ts'

const wrapping = new Compartment()

/** A line of megabytes takes seconds to break, and is read by nobody. */
const wrappedLineMax = 50_000

export default function CodeViewer(props: CodeViewProps) {
  const { text, language, label, linesMax = 24, exact, toolbar } = props
  const t = useMessages().code
  const [wraps, setWraps] = useState(true)
  const canWrap = useMemo(
    () => text.split('\n').every((line) => line.length <= wrappedLineMax),
    [text],
  )
  const extend = useCallback(
    (nonce: string | undefined) => [
      viewing({ language, label, nonce }),
      wrapping.of(canWrap ? EditorView.lineWrapping : []),
    ],
    [language, label, canWrap],
  )
  const [parent, view] = useCodeMirror(text, extend)
  const toggleWrap = () => {
    view?.dispatch({ effects: wrapping.reconfigure(wraps ? [] : EditorView.lineWrapping) })
    setWraps(!wraps)
  }
  return (
    <Box className={classes['frame']}>
      <Group className={classes['bar']} gap="xs" wrap="nowrap" justify="space-between">
        <Box miw={0}>{toolbar}</Box>
        <Group gap={2} wrap="nowrap">
          <Tooltip label={t.find}>
            <ActionIcon
              size={26}
              aria-label={t.findIn(label)}
              onClick={() => view && openSearchPanel(view)}
            >
              <Search size={14} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label={t.wrap}>
            <ActionIcon
              size={26}
              aria-label={t.wrap}
              aria-pressed={wraps && canWrap}
              disabled={!canWrap}
              onClick={toggleWrap}
            >
              <WrapText size={14} />
            </ActionIcon>
          </Tooltip>
          <CopyIcon value={exact ?? text} label={label} />
        </Group>
      </Group>
      <div
        ref={parent}
        className={`${classes['code']} ${classes['viewer']}`}
        style={{ '--code-lines': linesMax } as React.CSSProperties}
      />
    </Box>
  )
}
