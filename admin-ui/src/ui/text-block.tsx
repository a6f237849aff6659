/** Text of others, as it is: never markup. It scrolls, so keys must reach it. */
export function TextBlock({ text, label }: { text: string; label: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
    <section className="text-block" tabIndex={0} aria-label={label}>
      <pre>{text}</pre>
    </section>
  )
}
