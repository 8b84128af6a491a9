import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ok } from '#shared/result.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { migrations } from '../../store/migrations/all.ts'
import { soughtKeys } from '../../store/migrations/0021-soughtKeys.ts'
import type { Store } from '../../store/open.ts'
import { findRequestsOf, type PersonSought } from './people.ts'
import { depositsOfDocument } from './requests.ts'

const held = [
  { familyName: 'EL AMRANI', givenNames: 'Houda', nativeName: 'هدى العمراني', maskedNumber: '*****417' },
  { familyName: 'ÉLÈVE AÏT ḤMAD', givenNames: 'Zoë Tiẓnit', documentNumber: 'AB 12-345' },
  { familyName: "N'DIAYE", givenNames: 'Aïcha-Lou', nativeName: 'عائشة أنجاي' },
  { familyName: 'ALAMI', givenNames: 'Fatima', nativeName: 'فاطمة العلمي' },
  { familyName: 'ﻋﻠﻲ', givenNames: 'ء' },
]

let folder: ReturnType<typeof temporaryFolder>
let store: Store
const found = (sought: PersonSought): readonly string[] => findRequestsOf(store.db, sought, 9)
const named = (familyName: string, givenNames = ''): readonly string[] => found({ name: { familyName, givenNames } })

beforeAll(() => {
  folder = temporaryFolder()
  // A register of before: its keys are made by the step.
  const before = openTestStore(folder.path, { migrations: migrations.slice(0, soughtKeys.version - 1) })
  valueOf(
    before.tx((db) => {
      db.run(`INSERT INTO procedures (code, version, body) VALUES ('P', '1', '{}')`)
      for (const [at, kept] of held.entries()) {
        const n = { id: `q${String(at)}`, seq: at + 1 }
        db.run(`INSERT INTO journal VALUES (?, '', '', '', '', '', '{}', ?, ?)`, [
          ...[n.seq, '0'.repeat(64), String(at).padStart(64, '0')],
        ])
        db.run(
          `INSERT INTO requests VALUES (:id, :id, 2026, :seq, :id, '2026-11-21T09:00:00Z', '2026-11-21', 'P', '1', '{}', 1, '2026-12-21', 'AG', :seq, NULL)`,
          n,
        )
        db.run(`INSERT INTO identities (request_id, kept, source, read_at, name_key) VALUES (?, ?, '{}', '', 'old')`, [
          ...[n.id, JSON.stringify(kept)],
        ])
      }
      return ok(undefined)
    }),
  )
  before.close()
  store = openTestStore(folder.path)
})
afterAll(() => {
  store.close()
  folder.remove()
})

describe('a person who is held is found', () => {
  test.each([
    'EL AMRANI',
    'EL  AMRANI',
    'EL-AMRANI',
    'ELAMRANI',
    'Él Amrani',
    'el\u00a0amrani',
    'EL\u2019AMRANI',
    'E\u200bL AMRANI',
  ])('as %j', (familyName) => {
    expect(named(familyName, 'Houda')).toEqual(['q0'])
    expect(named(familyName, 'HOUDA ')).toEqual(['q0'])
  })

  test.each(['ELEVE AIT HMAD', 'Élève Aït-Ḥmad', 'ÉLÈVE AÏT ḤMAD'.normalize('NFD')])('as %j', (familyName) => {
    expect(named(familyName, 'Zoe Tiznit')).toEqual(['q1'])
  })

  test('by the family name alone, and with an apostrophe of any kind or none', () => {
    expect(named('el amrani')).toEqual(['q0'])
    for (const name of ["n'diaye", 'N’Diaye', 'NDIAYE', 'N DIAYE']) expect(named(name)).toEqual(['q2'])
    expect(named('NDIAYE', 'Aicha Lou')).toEqual(['q2'])
  })

  test('by the name in Arabic letters, with any alef and ta marbuta, the article joined or apart', () => {
    for (const name of ['هدى العمراني', 'هدي العمرانى', 'هدى ال عمراني', 'هُدى العمراني'])
      expect(named(name)).toEqual(['q0'])
    expect(named('العمراني', 'هدى')).toEqual(['q0'])
    for (const name of ['فاطمه العلمي', 'فاطمة العلمى']) expect(named(name)).toEqual(['q3'])
    expect(named('عائشة انجاي')).toEqual(['q2'])
    expect(named('علي')).toEqual(['q4'])
  })

  test('by a document number however it is spaced, and by a masked one beside the name', () => {
    for (const document of ['AB12345', 'ab 12345', 'AB 12-345', 'AB١٢٣٤٥']) expect(found({ document })).toEqual(['q1'])
    const name = { familyName: 'El Amrani', givenNames: 'Houda' }
    expect(found({ document: 'AB910417', name })).toEqual(['q0'])
    expect(found({ document: 'AB910418', name })).toEqual([])
    const back = { documentNumber: 'AB12345', familyName: 'Eleve Ait Hmad' }
    expect(() => depositsOfDocument(store.db, back, 9)).not.toThrow()
  })
})

test('nobody else is found', () => {
  expect(named('EL AMRAN', 'Houda')).toEqual([])
  expect(named('EL AMRANI', 'Houd')).toEqual([])
  expect(named('AMRANI')).toEqual([])
  expect(named('EL')).toEqual([])
  // Of a name of signs that are not compared nothing is left.
  expect([named('ء'), named('-')]).toEqual([[], []])
  expect(found({ document: 'AB910417' })).toEqual([])
})
