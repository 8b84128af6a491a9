import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

/** `npm run model [-- --runs N --steps N --seed N]`: many long histories of a counter against the model. */
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '300' },
    steps: { type: 'string', default: '60' },
    seed: { type: 'string' },
  },
})
const root = join(import.meta.dirname, '..', '..', '..')
const { status } = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules', 'vitest', 'vitest.mjs'),
    'run',
    '--project',
    'integration',
    'tests/integration/model.test.ts',
  ],
  {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      MODEL_RUNS: values.runs,
      MODEL_STEPS: values.steps,
      ...(values.seed === undefined ? {} : { MODEL_SEED: values.seed }),
    },
  },
)
process.exitCode = status ?? 1
