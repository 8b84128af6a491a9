/**
 * The walls between the rooms (README, "Rooms"). A crossing is an error, never a habit.
 * @type {import('dependency-cruiser').IConfiguration}
 */
const ours = '^(shared|drivers|electron|renderer|tests|scripts)/'
const may = (name, from, allowed, comment, notFrom) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, ...(notFrom === undefined ? {} : { pathNot: notFrom }) },
  to: { path: ours, pathNot: allowed },
})
const tests = String.raw`\.test\.ts$`

export default {
  forbidden: [
    may('shared-stands-alone', '^shared/', '^shared/', 'shared imports nothing of ours', tests),
    {
      name: 'shared-no-platform',
      comment: 'shared knows no platform and no library but the schema one',
      severity: 'error',
      from: { path: '^shared/', pathNot: tests },
      to: { pathNot: String.raw`^(shared/|node_modules/zod/|resources/zones/[a-z-]+\.json$)` },
    },
    may('drivers-import-shared', '^drivers/', '^(shared|drivers)/', 'drivers import shared', tests),
    {
      name: 'driver-families-apart',
      comment: 'a driver family does not know another; the simulated devices may reuse a codec',
      severity: 'error',
      from: { path: '^drivers/(?!fake/)([^/]+)/', pathNot: tests },
      to: { path: '^drivers/', pathNot: '^drivers/$1/' },
    },
    may('renderer-imports-shared', '^renderer/', '^(shared|renderer)/', 'renderer imports shared', tests),
    {
      name: 'renderer-no-node',
      comment: 'the page has no Node and no Electron',
      severity: 'error',
      from: { path: '^renderer/', pathNot: String.raw`(\.test\.ts|vite\.config\.ts)$` },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'features-apart',
      comment: 'a feature does not import a sibling feature',
      severity: 'error',
      from: { path: '^renderer/features/([^/]+)/' },
      to: { path: '^renderer/features/', pathNot: '^renderer/features/$1/' },
    },
    {
      name: 'features-know-no-shell',
      comment: 'a feature stands in whatever frame is around it',
      severity: 'error',
      from: { path: '^renderer/features/', pathNot: tests },
      to: { path: '^renderer/(shell/|features\\.ts$|main\\.ts$)' },
    },
    {
      name: 'shell-knows-no-feature',
      comment: 'only the list of features names one: a new feature is its folder and one line',
      severity: 'error',
      from: { path: '^renderer/(shell/|main\\.ts$)', pathNot: tests },
      to: { path: '^renderer/features/' },
    },
    {
      name: 'core-knows-no-feature',
      comment: 'what features share knows neither a feature nor the shell around them',
      severity: 'error',
      from: { path: '^renderer/core/', pathNot: tests },
      to: { path: '^renderer/(features|shell)/' },
    },
    {
      name: 'worker-features-apart',
      comment:
        'a feature of the worker does not import a sibling feature: what two need is core, acts, papers, files or shared',
      severity: 'error',
      from: { path: '^electron/worker/features/([^/]+)/', pathNot: tests },
      to: { path: '^electron/worker/features/', pathNot: '^electron/worker/features/$1/' },
    },
    {
      name: 'worker-core-knows-no-feature',
      comment: 'only the list of features and what opens the register name a feature',
      severity: 'error',
      from: {
        path: '^electron/worker/',
        pathNot: ['^electron/worker/features/', String.raw`^electron/worker/(compose|features)\.ts$`, tests],
      },
      to: { path: '^electron/worker/features/' },
    },
    {
      name: 'acts-through-one-door',
      comment: 'only worker/acts queues an act and gives it its number: a feature calls oneAct',
      severity: 'error',
      from: { path: '^(electron|shared|renderer)/', pathNot: ['^electron/worker/acts/', tests] },
      to: { path: String.raw`^electron/worker/acts/rows/(queue|series)\.ts$` },
    },
    {
      name: 'ui-is-dumb',
      comment: 'a component knows no store and no bridge, only how words are said',
      severity: 'error',
      from: { path: '^renderer/ui/' },
      to: { path: '^renderer/(shell|core|features)/', pathNot: '^renderer/core/(i18n|faults)/' },
    },
    {
      name: 'words-know-no-core',
      comment: 'words and formats stand below everything that shows them, components of ui included',
      severity: 'error',
      from: { path: '^renderer/core/(i18n|faults)/', pathNot: tests },
      to: { path: String.raw`^renderer/(ui/|core/(?!(i18n/|faults/|words\.ts$|words/)))` },
    },
    may('electron-imports-shared', '^electron/', '^(shared|electron|drivers)/', 'electron imports shared', tests),
    {
      name: 'drivers-only-where-composed',
      comment: 'concrete drivers are named in devices/, cli/ and compose.ts only',
      severity: 'error',
      from: {
        path: '^electron/',
        pathNot: [String.raw`^electron/(devices|cli)/`, String.raw`^electron/worker/compose\.ts$`, tests],
      },
      to: { path: '^drivers/' },
    },
    {
      name: 'processes-apart',
      comment: 'main, preload, devices, press, hall and worker do not reach into another process',
      severity: 'error',
      from: { path: '^electron/(main|preload|devices|press|hall|worker)/', pathNot: tests },
      to: { path: '^electron/', pathNot: '^electron/$1/' },
    },
    {
      name: 'electron-only-in-main',
      comment: 'only main and preload import electron',
      severity: 'error',
      from: { pathNot: '^(electron/(main|preload)/|tests/|scripts/)' },
      to: { path: '(^|node_modules/)electron(/|$)', pathNot: '^electron/' },
    },
    {
      name: 'sql-only-in-store',
      comment: 'only worker/store opens the database',
      severity: 'error',
      from: { path: '^(electron|drivers|shared|renderer)/', pathNot: ['^electron/worker/store/', tests] },
      to: { path: 'better-sqlite3' },
    },
    {
      name: 'no-cycles',
      comment: 'a cycle hides which part owns what',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolvable',
      comment: 'every import resolves',
      severity: 'error',
      from: { pathNot: '^(out|dist)/' },
      to: { couldNotResolve: true, pathNot: String.raw`^(electron$|virtual:|#imports|\?)` },
    },
    {
      name: 'no-development-parts',
      comment: 'what ships is a dependency',
      severity: 'error',
      from: { path: '^(electron|drivers|shared)/', pathNot: tests },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: '(^|/)electron(/|$)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(out|dist|\\.cache)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.mjs', '.js', '.vue', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
}
