// Everything that must pass, from a fresh clone. Runs on the system's Node without a dependency until set-up is done.
// Prints one line a check, the output of what failed, the names of what was skipped, and last
// `N passed, N failed, N skipped`.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import { delimiter, join, relative } from 'node:path'

const root = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..')
const began = Date.now()
const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(0)} s`

const setup = spawnSync(process.execPath, [join(root, 'scripts/setup.mjs'), '--test'], { cwd: root, stdio: 'inherit' })
if (setup.status !== 0) {
  console.log('0 passed, 1 failed, 0 skipped')
  process.exit(1)
}

const bin = join(root, 'node_modules/.bin')
const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}`, FORCE_COLOR: '0' }
const results = join(root, 'out/test')
rmSync(results, { recursive: true, force: true })
mkdirSync(results, { recursive: true })
let passed = 0
let failed = 0
/** Names of tests that did not run here: a claim that was not proved is never counted as one that was. */
const skipped = []
/** What failed, each with the beginning of its reason: said again at the end, where it is found in a long output. */
const broken = []

/**
 * Runs a command to its end; resolves to its exit code and everything it printed. `patient`: it takes only what the others
 * leave of the machine.
 */
function run(command, args, { patient = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
    if (patient && child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW)
    const printed = []
    child.stdout.on('data', (chunk) => printed.push(chunk))
    child.stderr.on('data', (chunk) => printed.push(chunk))
    child.on('error', (cause) => resolve({ code: 1, text: String(cause) }))
    child.on('close', (code) => resolve({ code: code ?? 1, text: Buffer.concat(printed).toString('utf8') }))
  })
}

function tell(name, good, since, counts, text) {
  console.log(`${good ? 'ok  ' : 'FAIL'} ${name}${counts} (${seconds(since)})`)
  if (!good) console.log(text.split('\n').slice(-200).join('\n'))
}

async function check(name, command, args, how) {
  const since = Date.now()
  const { code, text } = await run(command, args, how)
  if (code === 0) passed += 1
  else {
    failed += 1
    broken.push(name)
  }
  tell(name, code === 0, since, '', text)
}

async function tests(project) {
  const since = Date.now()
  const report = join(results, `${project}.json`)
  const { code, text } = await run('vitest', [
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ])
  const counted = existsSync(report)
    ? JSON.parse(readFileSync(report, 'utf8'))
    : { numPassedTests: 0, numFailedTests: 0, testResults: [] }
  const good = code === 0 && counted.numPassedTests > 0
  passed += counted.numPassedTests
  // A file that could not even be loaded fails the run without a failed test: it counts as one.
  failed += good ? 0 : Math.max(1, counted.numFailedTests)
  broken.push(
    ...counted.testResults.flatMap(({ name, status, message, assertionResults }) => {
      const tests = assertionResults.filter((one) => one.status === 'failed')
      const reason = (text) => (text ?? '').split('\n')[0].slice(0, 300)
      if (tests.length === 0 && status === 'failed') return [`${relative(root, name)}: ${reason(message)}`]
      return tests.map((one) => `${relative(root, name)}: ${one.fullName}: ${reason(one.failureMessages[0])}`)
    }),
  )
  if (!good && counted.numFailedTests === 0) broken.push(`${project} tests: ended with code ${code}`)
  const left = counted.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => !['passed', 'failed'].includes(status))
      .map(({ fullName }) => `${relative(root, name)}: ${fullName}`),
  )
  skipped.push(...left)
  const counts = `: ${counted.numPassedTests} passed, ${counted.numFailedTests} failed, ${left.length} skipped`
  tell(`${project} tests`, good, since, counts, text)
}

const only = process.argv.slice(2)
const wanted = (stage) => only.length === 0 || only.includes(stage)
/** What only reads the text: it goes on beside the tests that wait for devices and servers. */
const readings = async () => {
  const patient = { patient: true }
  await Promise.all([
    check('lint', 'eslint', ['--max-warnings', '0', '.'], patient),
    check('format', 'prettier', ['--check', '--log-level', 'warn', '.'], patient),
    check('licences', 'node', ['scripts/licences.ts', '--check'], patient),
    check(
      'walls',
      'depcruise',
      ['--config', '.dependency-cruiser.js', 'shared', 'drivers', 'electron', 'renderer', 'tests', 'scripts'],
      patient,
    ).then(() => check('unused code', 'knip', [], patient)),
  ])
}
const stages = [
  ['build', () => check('build', 'electron-vite', ['build', '--logLevel', 'warn'])],
  [
    'types',
    () =>
      Promise.all([
        check('types', 'tsc', ['-p', 'tsconfig.json']),
        check('types of the page', 'vue-tsc', ['-p', 'tsconfig.web.json']),
      ]),
  ],
  ['unit', () => tests('unit')],
  ['ui', () => tests('ui')],
  ['integration', () => tests('integration')],
]
let reading = Promise.resolve()
for (const [stage, start] of stages) {
  if (wanted(stage)) await start()
  // Begun once the build has written its files, which format and lint would otherwise meet half-made.
  if (stage === 'build' && wanted('lint')) reading = readings()
}
await reading
// Alone: real windows, with people's patience.
if (wanted('e2e')) await tests('e2e')

console.log(`total ${seconds(began)}`)
for (const name of broken) console.log(`failed: ${name}`)
for (const name of skipped) console.log(`skipped: ${name}`)
console.log(`${passed} passed, ${failed} failed, ${skipped.length} skipped`)
process.exit(failed === 0 && passed > 0 ? 0 : 1)
