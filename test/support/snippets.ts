import { readFileSync } from 'node:fs'

/** The snippet under `<!-- run: name -->` in a page of the documentation. */
export function readSnippet(file: string, name: string): string {
  const start = `<!-- run: ${name.replace('.', '\\.')} -->\\n+`
  const found = new RegExp(`${start}\`\`\`\\w+\\n([\\s\\S]*?)\`\`\``).exec(
    readFileSync(file, 'utf8'),
  )
  if (!found?.[1]) throw new Error(`${file} has no snippet ${name}`)
  return found[1]
}
