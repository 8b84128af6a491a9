import { execFileSync, spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { lettersExample } from '#electron/cli/mailLetters.ts'
import { temporaryFolder } from '#tests/builders/register.ts'

// The registers of a mail office by the command line alone: each command its own process, over one register.

const guichet = join(import.meta.dirname, '..', '..', 'electron', 'cli', 'guichet.ts')
let folder: ReturnType<typeof temporaryFolder>
beforeAll(() => {
  folder = temporaryFolder()
})
afterAll(() => {
  folder.remove()
})

async function run(args: readonly string[], input = ''): Promise<unknown> {
  const child = spawn(process.execPath, [guichet, ...args, '--json'], {
    env: {
      PATH: process.env['PATH'] ?? '',
      GUICHET_DATA: join(folder.path, 'data'),
      GUICHET_PASSPHRASE: 'une phrase de passe',
      GUICHET_DEMO: '1',
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  child.stdin.end(input)
  return JSON.parse(await text(child.stdout))
}
const today = new Date().toISOString().slice(0, 10)
const letter = (over: object = {}) => ({ ...lettersExample, receivedOn: today, letterDate: undefined, ...over })
const registered = z.object({ number: z.string(), id: z.uuid(), duplicates: z.array(z.string()) })
const found = z.object({ total: z.int(), lines: z.array(z.object({ number: z.string(), state: z.string() })) })
const search = async (...args: string[]) => found.parse(await run(['mail', 'search', ...args]))

test(
  'a day of a mail office: entered, found, routed, cancelled, closed, and the journal holds it',
  { timeout: 240_000 },
  async () => {
    const first = registered.parse(await run(['mail', 'register'], JSON.stringify(letter())))
    expect(first).toMatchObject({ number: expect.stringMatching(/\/A-000001$/u) as string, duplicates: [] })
    const scan = join(folder.path, 'scan.txt')
    const hidden = join(folder.path, 'hidden.txt')
    writeFileSync(scan, 'un scan')
    writeFileSync(hidden, 'le zèbre du scan')
    const many = z
      .array(registered)
      .parse(
        await run(
          ['mail', 'register'],
          JSON.stringify([
            letter({ files: [scan] }),
            letter({ register: 'departure', inReplyTo: first.number, subject: 'Réponse', reference: undefined }),
            letter({ subject: 'رُخْصَةُ البناء', confidentiality: 'secret', reference: undefined, files: [hidden] }),
          ]),
        ),
      )
    expect(many.map(({ duplicates }) => duplicates)).toEqual([[first.number], [], []])
    const secret = many[2]?.number ?? ''
    expect((await search('الرخصه')).lines.map(({ number }) => number)).toEqual([secret])
    expect(await search('الرخصه', '--login', 'agent')).toEqual({ total: 0, lines: [] })
    expect((await search('', '--login', 'supervisor')).total).toBe(4)
    // What stands in their files is read before the command ends, and hidden with them.
    expect((await search('zebre scan')).lines.map(({ number }) => number)).toEqual([secret])
    expect((await search('scan', '--login', 'agent')).lines.map(({ number }) => number)).toEqual([many[0]?.number])
    expect(await run(['mail', 'show', secret, '--login', 'agent'])).toMatchObject({ fault: { code: 'letter.unknown' } })
    expect(await run(['mail', 'show', first.number])).toMatchObject({ state: 'answered', answers: [many[1]?.number] })
    const route = ['mail', 'route', secret, '--to', 'URB', '--copy', 'SG', '--by', '2099-01-31']
    expect(await run(route)).toMatchObject({
      state: 'routed',
      routing: { to: 'URB', copies: ['SG'], by: '2099-01-31' },
    })
    expect(await run(['mail', 'cancel', first.number, '--reason', 'doublon'])).toMatchObject({ state: 'cancelled' })
    const closed = z
      .object({
        first: z.string(),
        last: z.string(),
        count: z.int(),
        cancelled: z.int(),
        pdf: z.string(),
        sha256: z.string(),
      })
      .parse(await run(['mail', 'close', '--day', today]))
    expect(closed).toMatchObject({ first: first.number, last: secret, count: 4, cancelled: 1 })
    expect(existsSync(closed.pdf)).toBe(true)
    expect(execFileSync('sha256sum', [closed.pdf], { encoding: 'utf8' }).slice(0, 64)).toBe(closed.sha256)
    const paper = execFileSync('pdftotext', ['-layout', closed.pdf, '-'], { encoding: 'utf8' })
    for (const said of [first.number, secret, 'doublon', 'Réponse']) expect(paper).toContain(said)
    // What is confidential is on the paper by its number alone.
    expect(paper).not.toContain('URB/رخصة')
    const refused = { fault: { code: 'letter.dayClosed', values: { day: today } } }
    expect(await run(['mail', 'register'], JSON.stringify(letter()))).toMatchObject(refused)
    expect(await run(['mail', 'close', '--year', today.slice(0, 4)])).toMatchObject({ count: 4 })
    expect(await run(['journal', 'verify'])).toMatchObject({ closings: 2 })
  },
)

test(
  'an old register comes in beside ours, and letters leave as a package that an archive can check',
  { timeout: 240_000 },
  async () => {
    const [csv, map, out] = ['old.csv', 'map.json', 'bag'].map((name) => join(folder.path, name)) as [
      string,
      string,
      string,
    ]
    writeFileSync(
      csv,
      'N°;Date;Expéditeur;Objet\n1/2019;05/01/2019;Commune;Eau potable\n1/2019;06/01/2019;X;Y\n4/2019;31/02/2019;Z;Z\n',
    )
    writeFileSync(map, JSON.stringify({ number: 'N°', receivedOn: 'date', sender: 'Expéditeur', subject: 'Objet' }))
    const asked = ['mail', 'import', csv, '--map', map]
    const said = { rows: 3, taken: 1, doubles: 1, refused: [{ row: 4 }] }
    expect(await run([...asked, '--dry-run'])).toMatchObject(said)
    expect(await search('potable')).toMatchObject({ total: 0 })
    expect(await run(asked)).toMatchObject(said)
    expect(await search('potable')).toMatchObject({ total: 1, lines: [{ number: '1/2019', state: 'imported' }] })
    expect(await run(['mail', 'undo-import'])).toMatchObject({ removed: 1 })
    expect(await search('potable')).toMatchObject({ total: 0 })
    expect(await run(['mail', 'package', '--out', out])).toMatchObject({ letters: 4 })
    for (const manifest of ['manifest-sha256.txt', 'tagmanifest-sha256.txt'])
      execFileSync('sha256sum', ['--check', '--strict', '--quiet', manifest], { cwd: out })
    expect(readFileSync(join(out, 'bagit.txt'), 'utf8')).toContain('BagIt-Version: 1.0')
    expect(await run(['mail', 'package', '--out', out])).toMatchObject({ fault: { code: 'file.unwritable' } })
  },
)
