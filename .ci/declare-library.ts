// Writes admin-ui/library/dist/types: the types of what other pages import, file by file. Of the console behind it they
// need none.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import ts from 'typescript'

for (const name of [
  'frame/index.ts',
  'frame/mount-console.ts',
  'frame/protocol.ts',
  'react/components.tsx',
  'react/index.ts',
  'react/props.ts',
]) {
  const { outputText, diagnostics = [] } = ts.transpileDeclaration(
    readFileSync(`admin-ui/src/${name}`, 'utf8'),
    { fileName: name, reportDiagnostics: true },
  )
  if (diagnostics.length > 0) throw new Error(`${name} needs its types written out`)
  const path = `admin-ui/library/dist/types/${name.replace(/\.tsx?$/, '.d.ts')}`
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, outputText)
}
