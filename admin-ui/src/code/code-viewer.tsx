import { EditorState } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { useMantineStyleNonce } from '@mantine/core'
import { useEffect, useRef } from 'react'
import type { CodeViewProps } from './code-view-props.ts'
import { viewing } from './extensions.ts'

export default function CodeViewer({ text, language, label, linesMax = 24 }: CodeViewProps) {
  const nonce = useMantineStyleNonce()?.()
  const parent = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!parent.current) return
    const state = EditorState.create({
      doc: text,
      extensions: viewing({ language, label, linesMax, nonce }),
    })
    const view = new EditorView({ state, parent: parent.current })
    return () => view.destroy()
  }, [text, language, label, linesMax, nonce])
  return <div ref={parent} />
}
