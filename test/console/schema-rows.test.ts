import { expect, test } from 'vitest'
import { schemaRows } from '../../admin-ui/src/catalogue/schema-rows.ts'
import { en } from '../../admin-ui/src/messages/en.ts'

const rows = (schema: Record<string, unknown>) => schemaRows(schema, en.catalogue)

test('properties are listed with type, need and description, inner ones by their path', () => {
  const schema = {
    required: ['status'],
    properties: {
      status: {
        type: 'object',
        description: 'What changed',
        required: ['to'],
        properties: { from: { type: ['string', 'null'] }, to: { enum: ['open', 'done'] } },
      },
      tags: { type: 'array', items: { type: 'string', format: 'uuid' } },
    },
  }
  expect(rows(schema)).toEqual([
    { path: 'status', type: 'object', required: true, description: 'What changed' },
    { path: 'status.from', type: 'string | null', required: false, description: '' },
    { path: 'status.to', type: 'one of "open", "done"', required: true, description: '' },
    { path: 'tags', type: 'array of string (uuid)', required: false, description: '' },
  ])
})

test('references and alternatives are followed', () => {
  const schema = {
    $defs: { person: { type: 'object', properties: { name: { type: 'string' } } } },
    properties: { owner: { anyOf: [{ $ref: '#/$defs/person' }, { type: 'null' }] } },
  }
  expect(rows(schema).map(({ path, type }) => [path, type])).toEqual([
    ['owner', 'object | null'],
    ['owner.name', 'string'],
  ])
})

test('a schema that refers to itself comes to an end', () => {
  const schema = {
    properties: { parent: { $ref: '#' } },
  }
  expect(rows(schema).length).toBeLessThan(20)
})
