/** A page that shows pictures side by side, one row for each scene. */
export function contactSheet(names: readonly string[]): string {
  const rows = Map.groupBy(names, (name) => name.slice(0, name.indexOf('.')))
  const figures = (row: readonly string[]) =>
    row
      .map((name) => `<a href="${name}"><img src="${name}" alt="${name}" loading="lazy"></a>`)
      .join('\n')
  const sections = [...rows].map(
    ([scene, row]) => `<section><h2>${scene}</h2>\n${figures(row)}\n</section>`,
  )
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>The console, page by page</title>
<style>
  body { font: 14px system-ui; margin: 1rem; background: #888 }
  section { display: flex; gap: .5rem; align-items: start; flex-wrap: wrap }
  h2 { flex-basis: 100%; margin: 1rem 0 0 }
  img { height: 30rem; max-width: 48rem; object-fit: contain; object-position: top }
</style>
${sections.join('\n')}
</html>
`
}
