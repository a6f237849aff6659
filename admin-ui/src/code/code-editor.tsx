import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { json } from '@codemirror/lang-json'
import { bracketMatching, defaultHighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { EditorState } from '@codemirror/state'
import { EditorView, keymap, lineNumbers } from '@codemirror/view'
import { useEffect, useRef } from 'react'
import type { CodeEditProps } from './code-edit-props.ts'

export default function CodeEditor({ initial, label, onChange }: CodeEditProps) {
  const parent = useRef<HTMLDivElement>(null)
  const tell = useRef(onChange)
  tell.current = onChange
  const first = useRef(initial)
  useEffect(() => {
    if (!parent.current) return
    const state = EditorState.create({
      doc: first.current,
      extensions: [
        EditorView.contentAttributes.of({ 'aria-label': label }),
        EditorView.lineWrapping,
        lineNumbers(),
        history(),
        bracketMatching(),
        json(),
        syntaxHighlighting(defaultHighlightStyle),
        // Tab goes on to what follows: nobody is caught in here.
        keymap.of([...defaultKeymap, ...historyKeymap]),
        EditorView.updateListener.of(({ docChanged, state: { doc } }) => {
          if (docChanged) tell.current(doc.toString())
        }),
        EditorView.theme({ '.cm-scroller': { minHeight: '8em', maxHeight: '22em' } }),
      ],
    })
    const view = new EditorView({ state, parent: parent.current })
    return () => view.destroy()
  }, [label])
  return <div ref={parent} />
}
