// The floor plan of server/, checked by dependency-cruiser. Type-only imports count as well.

/** Rooms along the corridor: each may import from those before it, never from those after it. */
export const corridor = [
  'kernel',
  'database',
  'embedded-postgres',
  'http',
  'idempotency',
  'audit',
  'limits',
  'access',
  'organisations',
  'catalogue',
  'subscriptions',
  'events',
  'deliveries',
  'publishing',
  'triggers',
  'pulling',
  'stats',
  'stream',
  'replays',
  'dispatcher',
  'operations',
  'imports',
]

/** Kits, not rooms: no door, so their files are imported one by one. */
const kits = ['kernel', 'database', 'http']
const rooms = corridor.filter((name) => !kits.includes(name))

/** Files directly in server/, in the same order: after all rooms, each after those before it. */
export const topFiles = [
  'options',
  'context',
  'create-context',
  'app',
  'create-posthorn',
  'drain-on-signals',
  'index',
  'env',
]

/** After all of them: the command line, which puts things together. */
export const program = 'cli'

/** Of the console, what is not a page nor puts pages together. */
const consoleKits = [
  'charts',
  'code',
  'filter',
  'grid',
  'messages',
  'preferences',
  'session',
  'shortcuts',
  'time',
  'ui',
]

/** What the `exports` of sdk/package.json lead to. */
const sdkDoors = ['index', 'webhooks', 'built-in-events/index', 'emit/index', 'prisma/index']

const any = (names) => `(?:${names.join('|')})`
const roomFile = `^server/${any(corridor)}/`
const importable = '^server/(?:options|context)\\.ts$'
const packages = (names) => `(?:^|/)node_modules/${any(names)}/`

const error = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to })

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    error(
      'no-cycles',
      'Move what both need to the left, or merge the files.',
      {},
      { circular: true },
    ),
    error(
      'no-unresolved',
      'An import that leads nowhere escapes every other rule.',
      {},
      {
        couldNotResolve: true,
        pathNot: ['^@embedded-postgres/', '/generated/prisma/', '^n8n-workflow$'],
      },
    ),

    // Direction
    ...corridor
      .slice(0, -1)
      .map((room, position) =>
        error(
          `${room}-looks-left`,
          `${room} may import only what is before it: ${corridor.slice(0, position).join(', ') || 'nothing'}.`,
          { path: `^server/${room}/` },
          { path: `^server/${any(corridor.slice(position + 1))}/` },
        ),
      ),
    error(
      'rooms-know-two-top-files',
      'Of the files beside them, rooms may import options.ts and context.ts only.',
      { path: roomFile },
      { path: '^server/[^/]+\\.ts$', pathNot: importable },
    ),
    error(
      'kernel-is-alone',
      'kernel/ imports nothing of ours.',
      { path: '^server/kernel/' },
      { path: '^server/', pathNot: '^server/kernel/' },
    ),
    error(
      'context-is-low',
      'options.ts and context.ts import kernel/ and database/ only.',
      { path: importable },
      { path: '^server/', pathNot: ['^server/(?:kernel|database)/', importable] },
    ),
    ...topFiles
      .slice(0, -1)
      .map((file, position) =>
        error(
          `${file}-looks-left`,
          `${file}.ts may import the rooms, and of the top files only those before it.`,
          { path: `^server/${file}\\.ts$` },
          { path: `^server/${any(topFiles.slice(position + 1))}\\.ts$` },
        ),
      ),
    error(
      'nothing-needs-the-program',
      'cli/ is the last: it imports what it runs, and nothing imports it.',
      { path: '^server/', pathNot: `^server/${program}/` },
      { path: `^server/${program}/` },
    ),
    error(
      'only-the-program-reads-the-environment',
      'env.ts is for cli/ alone; a library takes options.',
      { path: '^server/', pathNot: `^server/${program}/` },
      { path: '^server/env\\.ts$' },
    ),

    // Doors
    error(
      'enter-by-the-door',
      'Import another room through its index.ts. (tables.ts may import tables.ts; schemas.ts may import schemas.ts.)',
      { path: '^server/([^/]+)/', pathNot: '/(?:tables|schemas)\\.ts$' },
      { path: `^server/${any(rooms)}/(?!index\\.ts$)`, pathNot: '^server/$1/' },
    ),
    error(
      'tables-enter-by-tables',
      "tables.ts imports another room's tables.ts or its door.",
      { path: '^server/([^/]+)/tables\\.ts$' },
      { path: `^server/${any(rooms)}/(?!(?:index|tables)\\.ts$)`, pathNot: '^server/$1/' },
    ),
    error(
      'top-enters-by-the-door',
      'Import a room through its index.ts; app.ts may also mount its routes.ts.',
      { path: '^server/[^/]+\\.ts$', pathNot: '^server/app\\.ts$' },
      { path: `^server/${any(rooms)}/(?!index\\.ts$)` },
    ),
    error(
      'app-mounts-routes',
      'app.ts imports the index.ts and the routes.ts of a room.',
      { path: '^server/app\\.ts$' },
      { path: `^server/${any(rooms)}/(?!(?:index|routes)\\.ts$)` },
    ),

    // Purity
    error(
      'schemas-are-plain',
      'schemas.ts imports zod, kernel/, other schemas.ts, the shared wire shapes and pure rules of its own room only.',
      { path: '^server/.*/schemas\\.ts$' },
      {
        path: '.',
        pathNot: [
          packages(['zod', '@hono/zod-openapi']),
          '/schemas\\.ts$',
          '^server/kernel/',
          '^server/http/responses\\.ts$',
          '^server/subscriptions/(filter-schema|match-event-type|secret)\\.ts$',
          '^server/deliveries/filter-schema\\.ts$',
        ],
      },
    ),
    error(
      'only-the-edge-knows-http',
      'Hono belongs to routes.ts, http/, access/*middleware.ts and the files that assemble the app.',
      {
        path: '^server/',
        pathNot: [
          '^server/http/',
          '^server/access/[^/]*middleware\\.ts$',
          '^server/[^/]+/(?:routes|schemas)\\.ts$',
          '^server/(?:app|create-posthorn)\\.ts$',
        ],
      },
      { path: packages(['hono', '@hono']) },
    ),
    error(
      'only-database-knows-the-driver',
      'Statements go through server/database, where the faults of the driver are contained.',
      { path: '^server/', pathNot: '^server/database/' },
      { path: packages(['postgres']) },
    ),

    // The houses beside it
    error(
      'server-stands-alone',
      'server/ imports of ours only @posthorn/sdk, by the doors named here; it serves the built console by path.',
      { path: '^server/', pathNot: `^server/${program}/` },
      {
        path: '^(?:sdk|admin-ui|examples|test|bench)/',
        pathNot: `^sdk/src/${any(sdkDoors)}\\.ts$`,
      },
    ),
    error(
      'program-speaks-through-the-sdk',
      'cli/ imports of the other houses only @posthorn/sdk, by its door.',
      { path: `^server/${program}/` },
      { path: '^(?:sdk|admin-ui|examples|test|bench)/', pathNot: '^sdk/src/index\\.ts$' },
    ),
    error(
      'sdk-stands-alone',
      'sdk/ is published on its own.',
      { path: '^sdk/' },
      { path: '^(?:server|admin-ui|examples|test|bench)/' },
    ),
    error(
      'console-speaks-through-the-sdk',
      'admin-ui/ imports of ours only @posthorn/sdk, by its doors.',
      { path: '^admin-ui/' },
      {
        path: '^(?:server|sdk|examples|test|bench)/',
        pathNot: '^sdk/src/(?:index|webhooks)\\.ts$',
      },
    ),
    error(
      'kits-know-no-page',
      'What every page of the console uses knows none of them.',
      { path: `^admin-ui/src/${any(consoleKits)}/` },
      { path: '^admin-ui/src/', pathNot: `^admin-ui/src/${any(consoleKits)}/` },
    ),
    error(
      'examples-are-strangers',
      'An example imports what a reader could install.',
      { path: '^examples/' },
      {
        path: '^(?:server|sdk|admin-ui|test|bench)/',
        pathNot: [
          '^server/(?:index|embedded-postgres/index)\\.ts$',
          `^sdk/src/${any(sdkDoors)}\\.ts$`,
          '^admin-ui/src/(?:react|frame)/index\\.ts$',
        ],
      },
    ),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    // Sources, not builds: the same condition that node and vite run with.
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['posthorn-source', 'import', 'node', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.mts', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
    },
    doNotFollow: { path: 'node_modules' },
    exclude: {
      path: [
        '(?:^|/)dist/',
        '^admin-ui/vite\\.config\\.ts$',
        '^server/(?:drizzle|admin-ui)/',
        '^examples/dashboard/(?:generated/|[.]next/|next-env)',
      ],
    },
  },
}
