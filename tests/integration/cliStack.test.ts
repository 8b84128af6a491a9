import { createHash } from 'node:crypto'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { main } from '../../electron/cli/main.ts'
import { temporaryFolder } from '#tests/builders/register.ts'
import { letter, pagesFrom, stackOf } from '#tests/builders/stacks.ts'
import { output } from './pdfTools.ts'

let folder: ReturnType<typeof temporaryFolder>
const path = (name: string): string => join(folder.path, name)
beforeAll(() => {
  folder = temporaryFolder()
})
afterAll(() => {
  folder.remove()
})

/** One command line in this process, with its answer as JSON. */
async function guichet(...words: readonly string[]) {
  let out = ''
  const code = await main([...words, '--json', '--data', path('data')], {
    env: { GUICHET_DEMO: '1', GUICHET_PASSPHRASE: 'une phrase de passe', CUPS_SERVER: '127.0.0.1:9' },
    signal: new AbortController().signal,
    stdin: Readable.from([]),
    out: (text) => (out += text),
    err: () => undefined,
  })
  return { code, said: JSON.parse(out) as unknown }
}
const fault = (code: string) => ({ code: 1, said: { fault: { code } } })

describe('a morning of the mail office', () => {
  test('labels are printed ahead, the next ones each time', async () => {
    const first = await guichet('mail', 'labels', '--count', '25', '--out', path('labels.pdf'))
    const { labels } = z.object({ labels: z.array(z.string()) }).parse(first.said)
    expect(labels).toHaveLength(25)
    expect(new Set(labels).size).toBe(25)
    const words = await output('pdftotext', [path('labels.pdf'), '-'])
    for (const label of labels) expect(words.split(/\s+/u)).toContain(label)
    expect(await output('pdfinfo', [path('labels.pdf')])).toMatch(/Pages:\s+2/u)
    const second = await guichet('mail', 'labels', '--count', '1', '--out', path('label.pdf'))
    expect(second.said).toEqual({ labels: [labels[0]?.replace('L-000001', 'L-000026')] })
  })

  test('a stack is split at separators that were printed for it', async () => {
    const order = ['--count', '2', '--service', 'URB', '--confidentiality', 'secret', '--out', path('sheets.pdf')]
    const { said } = await guichet('mail', 'separators', ...order)
    const sheets = readFileSync(path('sheets.pdf'))
    expect(said).toEqual({ separators: 2, pages: 4, sha256: createHash('sha256').update(sheets).digest('hex') })
    expect(statSync(path('sheets.pdf')).mode & 0o777).toBe(0o600)
    const label = pagesFrom(readFileSync(path('label.pdf')), 1)
    writeFileSync(
      path('stack.pdf'),
      await stackOf(pagesFrom(sheets, 1, 2), label, letter('un'), pagesFrom(sheets, 3, 4), letter('deux')),
    )
    const sheet = { service: 'URB', confidentiality: 'secret' }
    expect(await guichet('mail', 'split', path('stack.pdf'))).toEqual({
      code: 0,
      said: {
        balance: { pages: 7, separators: 2, documents: 2, blanks: 0, unreadable: 0 },
        documents: [
          { pages: [3, 4], label: expect.stringMatching(/\/L-000026$/) as string, ...sheet },
          { pages: [7], ...sheet },
        ],
        stops: [],
      },
    })
  })

  test('an arrival is stamped, in the legal time of the office', async () => {
    writeFileSync(path('letter.pdf'), await stackOf(letter('Monsieur')))
    const order = ['--number', '2026/RAB03-G2/A-000001', '--at', '2026-07-01T09:15:00+02:00', '--out', path('out.pdf')]
    const received = readFileSync(path('letter.pdf'))
    const over = [...order.slice(0, -1), path('letter.pdf')]
    expect(await guichet('mail', 'stamp', path('letter.pdf'), ...over)).toMatchObject(fault('call.invalid'))
    expect(readFileSync(path('letter.pdf'))).toEqual(received)
    expect((await guichet('mail', 'stamp', path('letter.pdf'), ...order)).said).toEqual({
      page: 1,
      corner: 'topRight',
      incremental: true,
      originalSha256: createHash('sha256').update(received).digest('hex'),
    })
    const words = (await output('pdftotext', [path('out.pdf'), '-'])).split(/\s+/u)
    expect(words).toEqual(expect.arrayContaining(['ARRIVÉE', '2026/RAB03-G2/A-000001', '01/07/2026', '08:15']))
    expect(readFileSync(path('out.pdf')).subarray(0, received.length).equals(received)).toBe(true)
  })

  test('numbers of registered post', async () => {
    expect((await guichet('post', 'check', 'rr 473 124 829 gb')).said).toEqual({ valid: true, expected: 9 })
    expect((await guichet('post', 'check', 'RR473124828GB')).said).toEqual({ valid: false, expected: 9 })
    expect((await guichet('post', 'check', 'RR')).said).toEqual({ valid: false })
  })

  test('what cannot be done is said, and takes nothing', async () => {
    const out = ['--out', path('no.pdf')]
    expect(await guichet('mail', 'labels', '--count', '0', ...out)).toMatchObject(fault('call.invalid'))
    expect(await guichet('mail', 'labels', '--count', '1', '--out', folder.path)).toMatchObject(
      fault('file.unwritable'),
    )
    expect(await guichet('mail', 'separators', '--count', '1', '--confidentiality', 'x', ...out)).toMatchObject(
      fault('call.invalid'),
    )
    expect(await guichet('mail', 'split', path('none.pdf'))).toMatchObject(fault('file.unreadable'))
    writeFileSync(path('torn.pdf'), readFileSync(path('stack.pdf')).subarray(0, 5_000))
    expect(await guichet('mail', 'split', path('torn.pdf'))).toMatchObject(fault('scan.torn'))
    const order = ['--number', 'A-1', '--at', '2026-07-01T09:15:00Z', ...out]
    expect(await guichet('mail', 'stamp', path('stack.pdf'), ...order)).toMatchObject(fault('call.invalid'))
    const next = await guichet('mail', 'labels', '--count', '1', '--out', path('label.pdf'))
    expect(next.said).toEqual({ labels: [expect.stringMatching(/\/L-000027$/)] })
  })
})
