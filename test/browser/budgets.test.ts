import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'

const dist = join(import.meta.dirname, '../../admin-ui/dist')

interface Chunk {
  file: string
  isEntry?: boolean
  imports?: string[]
  css?: string[]
}

const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8')) as Record<
  string,
  Chunk
>

/** What the browser loads before anything is shown: the entry, a page, and all they import statically. */
function firstLoad(pages: string[] = []): { scripts: string[]; styles: string[] } {
  const entry = Object.keys(manifest).filter((name) => manifest[name]?.isEntry)
  const chunks = new Set([...entry, ...pages])
  for (const name of chunks) for (const other of manifest[name]?.imports ?? []) chunks.add(other)
  const found = [...chunks].map((name) => manifest[name] as Chunk)
  return {
    scripts: found.map(({ file }) => file),
    styles: [...new Set(found.flatMap(({ css }) => css ?? []))],
  }
}

const read = (file: string) => readFileSync(join(dist, file))
const kilobytes = (files: string[]) =>
  files.reduce((sum, file) => sum + gzipSync(read(file)).byteLength, 0) / 1000

test('the first load is at most 260 kB of scripts and 50 kB of styles', () => {
  const { scripts, styles } = firstLoad()
  const sizes = { scripts: kilobytes(scripts), styles: kilobytes(styles) }
  process.stdout.write(`first load, gzip: ${JSON.stringify(sizes)} kB\n`)
  expect(scripts.length).toBeGreaterThan(0)
  expect(sizes.scripts).toBeLessThanOrEqual(260)
  expect(sizes.styles).toBeLessThanOrEqual(50)
})

test('with the page itself it is at most 335 kB of scripts, whichever page is opened first', () => {
  const pages = Object.keys(manifest).filter((name) => /(page|-tab)\.tsx$/.test(name))
  const sizes = pages.map((page) => ({ page, scripts: kilobytes(firstLoad([page]).scripts) }))
  sizes.sort((one, other) => other.scripts - one.scripts)
  const text = sizes.map(({ page, scripts }) => `${page} ${scripts.toFixed(0)}`).join(', ')
  process.stdout.write(`first load with the page, gzip kB: ${text}\n`)
  expect(pages.length).toBeGreaterThan(20)
  expect(sizes[0]?.scripts).toBeLessThanOrEqual(335)
})

/** A word of each library that only its own code holds. */
const heavy = { charts: 'recharts-', editor: 'cm-editor' }

test.each(Object.entries(heavy))(
  'the code of %s is in chunks that wait until it is needed',
  (_, word) => {
    const holders = Object.values(manifest)
      .map(({ file }) => file)
      .filter((file) => file.endsWith('.js') && read(file).includes(word))
    expect(holders.length).toBeGreaterThan(0)
    const { scripts } = firstLoad()
    expect(holders.filter((file) => scripts.includes(file))).toEqual([])
  },
)
