import { EditorView } from '@codemirror/view'
import { Box, Text } from '@mantine/core'
import { useCallback, useEffect, useEffectEvent, useId, useState } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import classes from './code.module.css'
import type { CodeEditorProps } from './code-view-props.ts'
import { editing } from './extensions.ts'
import { findSyntaxError } from './syntax-error.ts'
import { useCodeMirror } from './use-code-mirror.ts'

export default function CodeWriter(props: CodeEditorProps) {
  const { value, onChange, label, language, invalid = false, linesMin = 6 } = props
  const t = useMessages().code
  const id = useId()
  const [initial] = useState(value)
  const change = useEffectEvent((text: string) => onChange(text))
  const extend = useCallback(
    (nonce: string | undefined) => [
      editing({ language, label, nonce }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) change(update.state.doc.toString())
      }),
    ],
    [language, label],
  )
  const [parent, view] = useCodeMirror(initial, extend)
  // A value from outside: a form that is reset, an example that is taken.
  useEffect(() => {
    if (!view || view.state.doc.toString() === value) return
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: value } })
  }, [view, value])

  const problem = language === 'json' ? findSyntaxError(value) : undefined
  const wrong = invalid || problem !== undefined
  useEffect(() => {
    view?.contentDOM.setAttribute('aria-invalid', String(wrong))
    view?.contentDOM.setAttribute('aria-describedby', id)
  }, [view, wrong, id])
  return (
    <Box>
      <div
        ref={parent}
        className={[
          classes['frame'],
          classes['code'],
          classes['editor'],
          wrong && classes['invalid'],
        ]
          .filter(Boolean)
          .join(' ')}
        style={{ '--code-lines': linesMin } as React.CSSProperties}
      />
      <Text id={id} size="xs" c="var(--ph-bad)" mt={4}>
        {problem && t.syntaxError(problem.line, problem.column)}
      </Text>
    </Box>
  )
}
