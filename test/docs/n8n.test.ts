import { execFileSync } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { newSecret } from '../../server/subscriptions/secret.ts'
import { readSnippet } from '../support/snippets.ts'

const page = 'docs/n8n.md'

test('the decoded secret is a text that signs as Posthorn does', () => {
  const secret = newSecret()
  const env = { ...process.env, WEBHOOK_SECRET: secret }
  const key = execFileSync('bash', ['-c', readSnippet(page, 'decode')], { env, encoding: 'utf8' })
  expect(key).toMatch(/^[0-9A-Za-z]{43}\n$/)
  const at = new Date(1_762_500_000_000)
  const signature = createHmac('sha256', key.trim()).update('msg_1.1762500000.{}').digest('base64')
  expect(`v1,${signature}`).toBe(new Webhook(secret).sign('msg_1', at, '{}'))
})

test('the workflows that the page names are there, and the nodes they use are those of our package', () => {
  const files = [...readFileSync(page, 'utf8').matchAll(/\]\((\.\.\/examples\/n8n\/[^)]+)\)/g)]
    .map(([, path = '']) => join(dirname(page), path))
    .filter((path) => path.endsWith('.json'))
  expect(files).toHaveLength(3)
  const manifest = JSON.parse(readFileSync('examples/n8n/nodes/package.json', 'utf8'))
  const ours = manifest.n8n.nodes.map((path: string) => {
    const [name = ''] = path.split('/').pop()?.split('.') ?? []
    expect(existsSync(join('examples/n8n/nodes/src', `${name}.node.ts`))).toBe(true)
    return `${manifest.name}.${name.charAt(0).toLowerCase()}${name.slice(1)}`
  })
  const used = files.flatMap((file) =>
    JSON.parse(readFileSync(file, 'utf8')).nodes.map(({ type }: { type: string }) => type),
  )
  expect([...new Set(used)].filter((type) => !type.startsWith('n8n-nodes-base.')).sort()).toEqual(
    ours.sort(),
  )
})
