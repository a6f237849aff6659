import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { json } from '@codemirror/lang-json'
import { bracketMatching, foldGutter, foldKeymap, indentOnInput } from '@codemirror/language'
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search'
import { EditorState, type Extension } from '@codemirror/state'
import { drawSelection, EditorView, keymap, lineNumbers } from '@codemirror/view'
import type { CodeLanguage } from './code-view-props.ts'
import { jsonColours } from './json-colours.ts'

interface Basics {
  language: CodeLanguage
  label: string
  /** For the content security policy: the editor writes style elements. */
  nonce: string | undefined
}

/** What reading and writing share: line numbers, folding, search. */
function basics({ language, label, nonce }: Basics): Extension {
  return [
    nonce ? EditorView.cspNonce.of(nonce) : [],
    EditorView.contentAttributes.of({ 'aria-label': label }),
    lineNumbers(),
    foldGutter(),
    highlightSelectionMatches(),
    search({ top: true }),
    keymap.of([...searchKeymap, ...foldKeymap]),
    language === 'json' ? [json(), jsonColours] : [],
  ]
}

/** For reading: nothing can be changed, all can be reached by keyboard. */
export function viewing(options: Basics): Extension {
  return [
    EditorState.readOnly.of(true),
    EditorView.editable.of(false),
    EditorView.contentAttributes.of({ tabindex: '0' }),
    basics(options),
  ]
}

export function editing(options: Basics): Extension {
  return [
    basics(options),
    history(),
    drawSelection(),
    indentOnInput(),
    bracketMatching(),
    EditorView.lineWrapping,
    // Tab leaves the editor, as it leaves every other field.
    keymap.of([...defaultKeymap, ...historyKeymap]),
  ]
}
