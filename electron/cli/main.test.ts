import { Readable } from 'node:stream'
import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { ok } from '#shared/result.ts'
import type { CommandContext } from './command.ts'

const homedir = vi.hoisted(() => vi.fn(() => '/home/somebody'))
vi.mock('node:os', async (original) => ({ ...(await original<object>()), homedir }))
// Test files share their modules: what another one has loaded is loaded again with the mock, and without it afterwards.
vi.resetModules()
const { main } = await import('./main.ts')
afterAll(() => {
  vi.doUnmock('node:os')
  vi.resetModules()
})
afterEach(() => {
  homedir.mockReset().mockReturnValue('/home/somebody')
})

/** A command that says its data folder, and one that needs none. */
const run = async (
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ code: number; out: string; err: string }> => {
  const said = { out: '', err: '' }
  const code = await main(
    words,
    {
      env,
      signal: new AbortController().signal,
      stdin: Readable.from([]),
      out: (text) => (said.out += text),
      err: (text) => (said.err += text),
    },
    [
      {
        word: 'say',
        summary: '',
        load: () =>
          Promise.resolve([
            {
              name: 'say folder',
              summary: '',
              run: ({ dataDir }: CommandContext) => Promise.resolve(ok({ json: dataDir, text: dataDir })),
            },
            { name: 'say nothing', summary: '', run: () => Promise.resolve(ok({ json: {}, text: 'nothing' })) },
          ]),
      },
    ],
  )
  return { code, ...said }
}

test.runIf(process.platform === 'linux').each([
  ['not set', {}, '/home/somebody/.config/Guichet'],
  ['empty', { XDG_CONFIG_HOME: '' }, '/home/somebody/.config/Guichet'],
  ['relative', { XDG_CONFIG_HOME: 'here' }, '/home/somebody/.config/Guichet'],
  ['a folder', { XDG_CONFIG_HOME: '/srv/config' }, '/srv/config/Guichet'],
  ['not set, with a home', { HOME: '/home/other' }, '/home/other/.config/Guichet'],
  ['beside an empty GUICHET_DATA', { GUICHET_DATA: '', HOME: '/home/other' }, '/home/other/.config/Guichet'],
])('the configuration folder is %s', async (_, env, folder) => {
  expect(await run(['say', 'folder'], env)).toMatchObject({ code: 0, out: `${folder}\n` })
})

test.runIf(process.platform === 'linux')(
  'an account without a home is told so, and needs none where no folder is needed',
  async () => {
    homedir.mockImplementation(() => {
      throw new Error('uv_os_homedir')
    })
    expect(await run(['say', 'nothing'])).toMatchObject({ code: 0, out: 'nothing\n' })
    const none = await run(['say', 'folder'])
    expect(none).toMatchObject({ code: 1, out: '' })
    expect(none.err).toBe(
      'call.invalid: this account has no home folder: --data DIR or GUICHET_DATA (program; retry: no)\n',
    )
    expect(await run(['say', 'folder', '--data', '/srv/data'])).toMatchObject({ code: 0, out: '/srv/data\n' })
  },
)

test('a command line that says nothing sensible is said in JSON too, where JSON is asked for', async () => {
  const { code, out, err } = await run(['say', 'nothing', '--json', '--odd'])
  expect(code).toBe(2)
  expect(JSON.parse(out)).toMatchObject({ fault: { code: 'call.invalid', blame: 'program' } })
  expect(err).toContain('--odd')
  expect((await run(['say', 'nothing', '--odd'])).out).toBe('')
})
