interface Entry {
  version?: string
  resolved?: string
  integrity?: string
  link?: boolean
  inBundle?: boolean
  hasInstallScript?: boolean
}

export interface Lockfile {
  packages: Record<string, Entry>
}

const registry = 'https://registry.npmjs.org/'
/** Stronger than what a collision has been found for. */
const strongHash = /^sha(?:384|512)-/

/**
 * What is wrong with a lockfile, a sentence each: packages without a hash of their content, from elsewhere than npm's
 * registry, or with a script at installation that nobody has decided on.
 * @param allowScripts as in package.json: by name, optionally with a version
 */
export function lockfileFaults(
  lockfile: Lockfile,
  allowScripts: Readonly<Record<string, boolean>>,
): string[] {
  const decided = new Set(Object.keys(allowScripts).map((key) => key.replace(/(?<=.)@.*/, '')))
  return Object.entries(lockfile.packages)
    .filter(([path, { link }]) => path.includes('node_modules/') && !link)
    .flatMap(([path, entry]) => {
      const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
      const faults: string[] = []
      if (!entry.inBundle && !strongHash.test(entry.integrity ?? ''))
        faults.push(`${path} has no strong integrity hash`)
      if (entry.resolved !== undefined && !entry.resolved.startsWith(registry))
        faults.push(`${path} comes from ${entry.resolved}, not from ${registry}`)
      if (entry.hasInstallScript && !decided.has(name))
        faults.push(`${path} has an install script: name it in allowScripts of package.json`)
      return faults
    })
}
