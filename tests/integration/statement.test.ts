import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { personalRight } from '#shared/contract/features/personalData/acts.ts'
import { wipedKinds } from '#shared/domain/retention.ts'
import type { StatementFacts } from '#shared/domain/papers/statement.ts'
import { aReceipt } from '#tests/builders/receipt.ts'
import { temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { resources } from '#tests/builders/worker.ts'
import { openPress } from '#electron/press/openPress.ts'
import { output } from './pdfTools.ts'

let folder: ReturnType<typeof temporaryFolder>
beforeAll(() => {
  folder = temporaryFolder()
})
afterAll(() => {
  folder.remove()
})

const paper = openPress({ resourcesDir: resources })
const facts = (over: Partial<StatementFacts>): StatementFacts => ({
  right: 'erasure',
  at: '2026-11-21T10:42:00.000Z',
  zone: 'Africa/Casablanca',
  utcOffsetMinutes: 0,
  authority: aReceipt().authority,
  office: aReceipt().office,
  reference: 'D-XX-0000/2026',
  agents: ['CS-002', 'AD-001'],
  numbers: ['2026/RAB03-G2/000042'],
  erased: [],
  kept: [],
  ...over,
})
const wordsOf = async (said: StatementFacts): Promise<string> => {
  const file = join(folder.path, `${said.right}.pdf`)
  writeFileSync(file, valueOf(await paper.make({ kind: 'statement', facts: said })).pdf)
  return output('pdftotext', ['-layout', file, '-'])
}

test.each(personalRight.options)(
  'an answer about %s says what went and what stays, with its reason and its day',
  async (right) => {
    const said = await wordsOf(
      facts({
        right,
        erased: [{ kind: 'sentFile', count: 7 }],
        kept: wipedKinds.map((kind) => ({ kind, count: 3, until: '2027-12-06' })),
      }),
    )
    for (const words of [
      '2026/RAB03-G2/000042',
      'CS-002',
      'D-XX-0000/2026',
      'Copies de',
      'Identité au',
      '06/12/2027',
      'CNDP',
    ])
      expect(said).toContain(words)
  },
)

test('a copy shows everything that is held, in both directions', async () => {
  const receipt = aReceipt()
  const said = await wordsOf(
    facts({
      right: 'access',
      kept: [{ kind: 'person', count: 1 }],
      files: [
        {
          number: '2026/RAB03-G2/000042',
          depositedAt: receipt.depositedAt,
          facts: receipt,
          readAt: receipt.depositedAt,
          draft: {
            procedure: 'X',
            procedureVersion: '2026.1',
            pieces: [],
            capacity: 'representative',
            represented: 'ZZMANDANT',
            note: 'ZZNOTE',
            language: 'fr',
          },
          kept: {
            familyName: 'ZZNOM',
            givenNames: 'Omar',
            nativeName: 'عمر',
            birthPlace: 'ZZLIEU',
            documentNumber: 'ZZ123',
            maskedNumber: '*****456',
            address: { street: 'ZZRUE 1', postalCode: '10000', municipality: 'Rabat' },
          },
        },
      ],
    }),
  )
  for (const mark of ['ZZMANDANT', 'ZZNOTE', 'ZZLIEU', 'ZZ123', '*****456', 'ZZRUE 1', receipt.citizen.familyName])
    expect(said).toContain(mark)
})

test('a letter that no font has is a fault, not a hole', async () => {
  expect(await paper.make({ kind: 'statement', facts: facts({ agents: ['\u{10FFFE}'] }) })).toMatchObject({
    ok: false,
    fault: { code: 'receipt.glyphMissing' },
  })
})
