import { json } from '@codemirror/lang-json'
import {
  defaultHighlightStyle,
  foldGutter,
  foldKeymap,
  syntaxHighlighting,
} from '@codemirror/language'
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search'
import { EditorState, type Extension } from '@codemirror/state'
import { EditorView, keymap, lineNumbers } from '@codemirror/view'

interface Viewing {
  language: 'json' | 'text'
  label: string
  linesMax: number
  /** Of style elements, where the content security policy asks for one. */
  nonce: string | undefined
}

/** For reading: numbers, folding, search; nothing can be changed. */
export function viewing({ language, label, linesMax, nonce }: Viewing): Extension {
  return [
    nonce ? EditorView.cspNonce.of(nonce) : [],
    EditorState.readOnly.of(true),
    EditorView.editable.of(false),
    EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
    EditorView.lineWrapping,
    lineNumbers(),
    highlightSelectionMatches(),
    keymap.of([...searchKeymap, ...foldKeymap]),
    language === 'json' ? [json(), foldGutter(), syntaxHighlighting(defaultHighlightStyle)] : [],
    EditorView.theme({ '.cm-scroller': { maxHeight: `${linesMax * 1.4}em`, overflow: 'auto' } }),
  ]
}
