import { syntaxTree } from '@codemirror/language'
import { type Extension, RangeSetBuilder } from '@codemirror/state'
import { Decoration, type DecorationSet, type EditorView, ViewPlugin } from '@codemirror/view'
import classes from './code.module.css'

const marks = new Map(
  Object.entries({
    PropertyName: 'name',
    String: 'string',
    Number: 'number',
    True: 'word',
    False: 'word',
    Null: 'word',
  }).map(([node, style]) => [node, Decoration.mark({ class: classes[style] ?? '' })]),
)

/**
 * Colours by the kind of JSON token, in sight only. They are classes of a style sheet, so that they follow the theme of
 * the page; a highlight style of the editor has fixed colours.
 */
export const jsonColours: Extension = ViewPlugin.define(
  (view) => ({
    tree: syntaxTree(view.state),
    decorations: colour(view),
    update({ view, viewportChanged }) {
      const tree = syntaxTree(view.state)
      if (tree === this.tree && !viewportChanged) return
      this.tree = tree
      this.decorations = colour(view)
    },
  }),
  { decorations: (plugin) => plugin.decorations },
)

function colour(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>()
  for (const { from, to } of view.visibleRanges) {
    syntaxTree(view.state).iterate({
      from,
      to,
      enter(node) {
        const mark = marks.get(node.name)
        if (mark) builder.add(node.from, node.to, mark)
      },
    })
  }
  return builder.finish()
}
