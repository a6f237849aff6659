import { readFileSync } from 'node:fs'

function readVersion(): string {
  // The package lies one folder above the sources and two above the build.
  for (const path of ['../package.json', '../../package.json']) {
    try {
      const { name, version } = JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'))
      if (name === '@posthorn/server') return version
    } catch {
      // Not this one.
    }
  }
  return '0.0.0'
}

/** Of the package, as published. */
export const version = readVersion()
