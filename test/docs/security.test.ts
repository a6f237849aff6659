import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const page = readFileSync('docs/security.md', 'utf8')

function section(heading: string): string {
  const [, after = ''] = page.split(`\n## ${heading}\n`)
  return after.split('\n## ')[0] ?? ''
}

/** Cells of the rows of every table in a text, without heads and rules. */
function rows(text: string): string[][] {
  return [...text.matchAll(/^\| (.*) \|$/gm)]
    .map(([, line = '']) => line.split(' | ').map((cell) => cell.trim()))
    .filter(([first = '']) => first !== 'Control' && !/^-+$/.test(first))
}

const controls = rows(section('Controls'))
const named = (text: string) => [...text.matchAll(/`(test\/[^`]+)`/g)].map(([, path = '']) => path)

test('every control names the tests that would fail, and they are there', () => {
  expect(controls.length).toBeGreaterThan(20)
  for (const [control = '', does = '', tests = ''] of controls) {
    expect(does, control).not.toBe('')
    expect(named(tests).length, control).toBeGreaterThan(0)
  }
  for (const path of named(page)) expect(existsSync(path), path).toBe(true)
})

test('what is compared is a control that is tested, for all four, and what is said of others has its source', () => {
  const compared = rows(section('Compared'))
  expect(compared.length).toBeGreaterThan(10)
  const [, sources = ''] = page.split('\nSources, by repository and file:\n')
  for (const [control = '', ...cells] of compared) {
    expect(controls.map(([name]) => name)).toContain(control)
    expect(cells, control).toHaveLength(4)
    for (const cell of cells.slice(1)) {
      const notes = [...cell.matchAll(/\[(\w\d+)\]/g)].map(([, note = '']) => note)
      if (cell !== 'unknown') expect(notes.length, `${control}: ${cell}`).toBeGreaterThan(0)
      for (const note of notes) expect(sources, note).toMatch(new RegExp(`\\b${note}\\b`))
    }
  }
})

test('what is promised is what SECURITY.md points to', () => {
  expect(section('Promised')).toMatch(/^\n1\. /)
  expect(section('Not promised')).toMatch(/^\n- /)
  expect(readFileSync('SECURITY.md', 'utf8')).toContain('(docs/security.md)')
})
