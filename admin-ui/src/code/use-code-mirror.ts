import { EditorState, type Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { useComputedColorScheme, useMantineStyleNonce } from '@mantine/core'
import { type RefObject, useEffect, useRef, useState } from 'react'

/** Mounts the editor into an element, and again when its extensions or its text are others. */
export function useCodeMirror(
  text: string,
  extend: (nonce: string | undefined) => Extension,
): [RefObject<HTMLDivElement | null>, EditorView | undefined] {
  const parent = useRef<HTMLDivElement>(null)
  const [view, setView] = useState<EditorView>()
  const nonce = useMantineStyleNonce()?.()
  const dark = useComputedColorScheme() === 'dark'
  useEffect(() => {
    if (!parent.current) return
    const state = EditorState.create({
      doc: text,
      extensions: [EditorView.darkTheme.of(dark), extend(nonce)],
    })
    const mounted = new EditorView({ state, parent: parent.current })
    setView(mounted)
    return () => mounted.destroy()
  }, [text, extend, nonce, dark])
  return [parent, view]
}
