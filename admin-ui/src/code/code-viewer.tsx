import { EditorState } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { useEffect, useRef } from 'react'
import type { CodeViewProps } from './code-view-props.ts'
import { viewing } from './extensions.ts'

export default function CodeViewer({ text, language, label, linesMax = 24 }: CodeViewProps) {
  const parent = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!parent.current) return
    const state = EditorState.create({
      doc: text,
      extensions: viewing({ language, label, linesMax }),
    })
    const view = new EditorView({ state, parent: parent.current })
    return () => view.destroy()
  }, [text, language, label, linesMax])
  return <div ref={parent} />
}
