// Writes every file that follows from another: openapi.yaml, the SDK's types, the migrations.
// Needs no database. Arguments go to drizzle-kit: npm run generate -- --name add_labels
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { createClient } from '@hey-api/openapi-ts'
import { stringify } from 'yaml'
import { openApiDocument } from '../server/app.ts'

const header = `# Generated from the schemas.ts and routes.ts of server/ by \`npm run generate\`. Do not edit.\n`
writeFileSync(
  'openapi.yaml',
  header + stringify(openApiDocument(), { aliasDuplicateObjects: false, lineWidth: 100 }),
)

await createClient({
  input: 'openapi.yaml',
  output: { path: 'sdk/src/generated', module: { extension: '.ts' } },
  plugins: ['@hey-api/typescript'],
  logs: { level: 'warn', file: false },
})

execFileSync(
  'drizzle-kit',
  ['generate', '--config', 'drizzle/config.ts', ...process.argv.slice(2)],
  { stdio: 'inherit' },
)
