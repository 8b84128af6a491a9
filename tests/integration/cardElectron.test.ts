import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { build } from 'vite'
import { expect, it } from 'vitest'
import { readRuntime, root } from '#scripts/runtime.ts'

it('cards are proved the same under Electron, whose cryptography is BoringSSL', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'proof-'))
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    ssr: { noExternal: true },
    define: { 'import.meta.dirname': JSON.stringify(join(root, 'tests', 'builders')) },
    build: {
      ssr: 'tests/integration/card/proof.ts',
      outDir: folder,
      emptyOutDir: true,
      target: 'node20',
      rolldownOptions: { output: { entryFileNames: 'proof.mjs', chunkFileNames: '[name].mjs' } },
    },
  })
  const { stdout } = await promisify(execFile)(readRuntime().electron, [join(folder, 'proof.mjs')], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  })
  await rm(folder, { recursive: true, force: true })
  const verdicts = [
    'valid valid valid trusted',
    'invalid valid valid untrusted',
    'valid invalid valid untrusted',
    'valid valid invalid untrusted',
  ]
  // Cards of applet 1.8 prove their chip too.
  expect(JSON.parse(stdout)).toEqual([...verdicts, ...verdicts.map((verdict) => `${verdict} valid`)])
})

// 24 s alone on two cores, most of it starting the runner there: the limit is for a machine that does other things too.
it.each([
  [
    'chips of passports and permits are opened and proved the same there, vector by vector',
    ['drivers/card/profiles/icao'],
  ],
  [
    'Belgian cards sign, and photos of JPEG 2000 are decoded, the same there',
    ['drivers/card/profiles/beEid', 'drivers/card/jpeg2000'],
  ],
])('%s', { timeout: 300_000 }, async (_, folders) => {
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const folder = await mkdtemp(join(tmpdir(), 'vectors-'))
  const report = join(folder, 'report.json')
  await promisify(execFile)(
    readRuntime().electron,
    [vitest, 'run', '--project', 'unit', '--reporter', 'json', '--outputFile', report, ...folders],
    {
      cwd: root,
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    },
  )
  expect(JSON.parse(await readFile(report, 'utf8'))).toMatchObject({ success: true, numFailedTests: 0 })
  await rm(folder, { recursive: true, force: true })
})
