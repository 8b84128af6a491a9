import { createHash } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { paperKinds } from '#shared/contract/papers.ts'
import type { PaperId, Sha256 } from '#shared/ids.ts'
import { ok } from '#shared/result.ts'
import { aPaper, aStatement, contentOf, paperIdOf, triedKinds } from '#tests/builders/papers.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import type { WriteHandle } from '../../store/handle.ts'
import type { Store } from '../../store/open.ts'
import { countPapers, keepBytes, makePaper, newestPaper, readFacts, readPaper, wipePapersOf } from './papers.ts'

let folder: ReturnType<typeof temporaryFolder>
let store: Store
beforeEach(() => {
  folder = temporaryFolder()
  store = openTestStore(folder.path)
})
afterEach(() => {
  store.close()
  folder.remove()
})
const write = <T>(act: (db: WriteHandle) => T): T => valueOf(store.tx((db) => ok(act(db))))
const bytesOf = (text: string) => {
  const bytes = Buffer.from(text)
  return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') as Sha256, template: '2026.1' }
}
const kept = (n: number, pdf: Parameters<typeof keepBytes>[3]) =>
  store.tx((db) => keepBytes(db, store.files, paperIdOf(n), pdf))

test.each(triedKinds)('a %s is read as it was written, without bytes until it has some', (kind) => {
  write((db) => {
    makePaper(db, aPaper(kind, 1))
  })
  const content = contentOf[kind]()
  expect(valueOf(readPaper(store.db, store.files, paperIdOf(1)))).toEqual({
    content: JSON.parse(JSON.stringify(content)),
  })
  const pdf = bytesOf(`%PDF ${kind}`)
  expect(kept(1, pdf)).toEqual(ok(undefined))
  const read = valueOf(readPaper(store.db, store.files, paperIdOf(1)))
  expect([Buffer.from(read.pdf?.bytes ?? []), read.pdf?.sha256]).toEqual([pdf.bytes, pdf.sha256])
  expect(kept(1, bytesOf('another'))).toMatchObject({ fault: { code: 'receipt.altered' } })
  expect(store.db.get('SELECT size, template FROM papers')).toEqual({
    size: paperKinds[kind].medium,
    template: '2026.1',
  })
  expect(valueOf(readFacts(store.db, kind, paperIdOf(1)))).toEqual({
    facts: JSON.parse(JSON.stringify(content.facts)),
    seal: content.seal,
  })
})

test('a paper is found by its kind, its subject and its rank; of another kind it is none', () => {
  write((db) => {
    makePaper(db, { ...aPaper('receipt', 1), subject: 'q' })
    makePaper(db, { ...aPaper('receipt', 2), subject: 'q', rank: 1, replaces: paperIdOf(1) })
    makePaper(db, { ...aPaper('closing', 3), subject: 'q' })
  })
  expect([newestPaper(store.db, 'receipt', 'q'), countPapers(store.db, 'receipt', 'q')]).toEqual([paperIdOf(2), 2])
  expect([newestPaper(store.db, 'statement', 'q'), countPapers(store.db, 'statement', 'q')]).toEqual([undefined, 0])
  expect(readFacts(store.db, 'receipt', paperIdOf(3))).toMatchObject({ fault: { code: 'receipt.unknown' } })
  expect(readPaper(store.db, store.files, 'nobody' as PaperId)).toMatchObject({ fault: { code: 'receipt.unknown' } })
  expect(() => {
    write((db) => {
      makePaper(db, { ...aPaper('receipt', 4), subject: 'q' })
    })
  }).toThrow(/UNIQUE/)
})

test('bytes that are no longer those of their hash, and kinds of a newer program, are told', () => {
  write((db) => {
    makePaper(db, aPaper('receipt', 1))
    keepBytes(db, store.files, paperIdOf(1), bytesOf('%PDF'))
    db.run(
      `INSERT INTO papers (id, kind, subject, number, rank, facts, seal, size, made_at) VALUES (?, 'ticket', 's', 'n', 0, '{}', '', '80mm', 'x')`,
      [paperIdOf(2)],
    )
  })
  const name = store.files.nameOf(bytesOf('%PDF').sha256)
  writeFileSync(store.files.pathOf(name), 'damaged')
  expect(readPaper(store.db, store.files, paperIdOf(1))).toMatchObject({ fault: { code: 'file.damaged' } })
  rmSync(store.files.pathOf(name))
  expect(readPaper(store.db, store.files, paperIdOf(1))).toMatchObject({ fault: { code: 'file.missing' } })
  expect(readPaper(store.db, store.files, paperIdOf(2))).toMatchObject({ fault: { code: 'receipt.altered' } })
})

test('wiping a person ends the statements that copy the file, and no other paper', () => {
  const number = '2026/RAB03-G2/000123'
  write((db) => {
    makePaper(db, { ...aPaper('statement', 1), kind: 'statement', facts: aStatement(number), seal: '' })
    makePaper(db, { ...aPaper('statement', 2), kind: 'statement', facts: aStatement('2026/RAB03-G2/000124'), seal: '' })
    makePaper(db, aPaper('closing', 3))
    for (const n of [1, 2, 3]) keepBytes(db, store.files, paperIdOf(n), bytesOf(`%PDF FASSI ${String(n)}`))
    wipePapersOf(db, store.files, { id: 'q', number }, '2031-12-07T00:00:00.000Z')
  })
  expect(readPaper(store.db, store.files, paperIdOf(1))).toMatchObject({ fault: { code: 'receipt.wiped' } })
  expect(JSON.stringify(store.db.all('SELECT facts FROM papers WHERE wiped_at IS NOT NULL'))).not.toMatch(/FASSI/u)
  for (const n of [2, 3]) expect(valueOf(readPaper(store.db, store.files, paperIdOf(n))).pdf).toBeDefined()
  expect(kept(1, bytesOf('again'))).toMatchObject({ fault: { code: 'receipt.altered' } })
  expect(store.files.has(bytesOf('%PDF FASSI 1').sha256)).toBe(false)
})
