import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

// Our own packages are tested from their sources, in this process and in those that tests start.
const conditions = ['posthorn-source', 'module', 'node', 'development|production']

// Minutes of their own, so they have commands of their own: `npm run test:browser`, `test:examples`, `test:n8n`.
const slow = [
  { name: 'browser', include: ['test/browser/**/*.test.ts'] },
  { name: 'examples', include: ['test/examples/dashboard.test.ts'] },
  // n8n on a busy machine takes half a minute to start.
  { name: 'n8n', include: ['test/n8n/real/**/*.test.ts'], testTimeout: 180_000 },
]

/** One file takes minutes; begun last, it would leave the other processor idle. */
class FaultsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isFirst = ({ moduleId }: TestSpecification) => moduleId.endsWith('/faults.test.ts')
    const sorted = await super.sort(files)
    return [...sorted.filter(isFirst), ...sorted.filter((file) => !isFirst(file))]
  }
}

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  resolve: { conditions },
  // Where the global setup runs.
  environments: { __vitest__: { resolve: { conditions } } },
  ssr: { resolve: { conditions, externalConditions: ['posthorn-source', 'node'] } },
  test: {
    environment: 'node',
    globalSetup: ['test/support/postgres.ts'],
    pool: 'forks',
    execArgv: ['--conditions=posthorn-source'],
    maxWorkers: 2,
    sequence: { sequencer: FaultsFirst },
    // Thousands of tests with real clocks, kills and networks: one that loses a race in CI is run once more, and named by
    // .ci/run with what it said. Elsewhere it fails, to be understood.
    retry: process.env['CI'] ? 1 : 0,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // A browser on a busy machine takes its time.
    expect: { poll: { timeout: 20_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'main',
          include: ['test/**/*.test.ts'],
          exclude: slow.flatMap(({ include }) => include),
          typecheck: {
            enabled: true,
            include: ['test/types/**/*.test-d.ts'],
            tsconfig: 'tsconfig.json',
            // `npm run check` speaks about every other file.
            ignoreSourceErrors: true,
          },
        },
      },
      ...slow.map((test) => ({ extends: true as const, test })),
    ],
  },
})
