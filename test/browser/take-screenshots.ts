// Every page of the console as a picture, on a Postgres of its own: `npm run screenshots [-- name or path…]`.
// A name also stands for its states: `deliveries` for `deliveries--empty` as well.
import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedPostgres } from '../../server/embedded-postgres/index.ts'
import { silentLogger } from '../../server/kernel/logger.ts'
import { startBrowser } from '../support/console/browser.ts'
import { openConsole, viewports } from '../support/console/console-page.ts'
import { findSamples } from '../support/console/samples.ts'
import { startConsoleServer } from '../support/console/server.ts'
import { consoleTemplateName, prepareConsoleTemplate } from '../support/console/template.ts'
import { databaseUrl, prepareTemplate } from '../support/template.ts'
import { contactSheet } from './contact-sheet.ts'
import { type Scene, scenes } from './scenes.ts'

const root = join(import.meta.dirname, '../..')
const folder = join(root, 'screenshots')
const themes = ['light', 'dark'] as const
const sizes = { wide: viewports.wide, narrow: viewports.narrow }

const reported = new Set<string>()

await withSeededDatabase(async (url) => {
  execFileSync(process.execPath, ['.ci/build-console.ts'], { cwd: root, stdio: 'inherit' })
  const server = await startConsoleServer({ databaseUrl: url })
  const browser = await startBrowser()
  try {
    const all = scenes(await findSamples(url))
    const wanted = all.filter((scene) => isWanted(scene, process.argv.slice(2)))
    await mkdir(folder, { recursive: true })
    const pictures: string[] = []
    for (const scene of wanted) pictures.push(...(await takePictures(scene)))
    await writeFile(join(folder, 'index.html'), contactSheet(pictures))
    print(`${pictures.length} pictures: ${join(folder, 'index.html')}`)
  } finally {
    await browser.close()
    await server.close()
  }

  async function takePictures(scene: Scene): Promise<string[]> {
    const names: string[] = []
    for (const theme of themes) {
      for (const [size, viewport] of Object.entries(sizes)) {
        const name = `${scene.name}.${theme}.${size}.png`
        const shown = await openConsole(browser, server.consoleUrl, { ...scene, theme, viewport })
        await scene.act?.(shown.page)
        await shown.settled()
        await shown.page.screenshot({ path: join(folder, name), fullPage: true })
        if (!scene.prepare) reportProblems(scene.name, shown.problems())
        await shown.close()
        names.push(name)
      }
    }
    return names
  }
})

/** Each once, whatever number is in it: a nonce, a port. */
function reportProblems(scene: string, problems: string[]): void {
  for (const problem of problems) {
    const kind = `${scene} ${problem.replace(/nonce-[^']+|:\d{4,5}\b/g, '')}`
    if (!reported.has(kind)) print(`${scene}: ${problem}`)
    reported.add(kind)
  }
}

function isWanted({ name, path }: Scene, wanted: string[]): boolean {
  return (
    wanted.length === 0 || wanted.some((one) => [name, path, name.split('--')[0]].includes(one))
  )
}

async function withSeededDatabase(work: (databaseUrl: string) => Promise<void>): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'posthorn-screenshots-'))
  const settings = { fsync: 'off', full_page_writes: 'off' }
  const postgres = await startEmbeddedPostgres({ dataDir, log: silentLogger, settings })
  try {
    await prepareTemplate(postgres.url)
    await prepareConsoleTemplate(postgres.url)
    await work(databaseUrl(postgres.url, consoleTemplateName))
  } finally {
    await postgres.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
