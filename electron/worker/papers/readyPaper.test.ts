import { afterEach, beforeEach, expect, test } from 'vitest'
import { issuingOver } from '#tests/builders/deposits.ts'
import { aPaper } from '#tests/builders/papers.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { plainPaper } from '#tests/builders/spool.ts'
import type { Context } from '../core/context.ts'
import type { Store } from '../store/open.ts'
import { readyPaper } from './readyPaper.ts'
import type { NewPaper } from './rows/papers.ts'
import { createSpoolStore } from './rows/spoolStore.ts'
import { createPaperPdf } from './spool/paperPdf.ts'

let folder: ReturnType<typeof temporaryFolder>
let store: Store
let context: Context
beforeEach(() => {
  folder = temporaryFolder()
  store = openTestStore(folder.path)
  context = issuingOver(store).context
})
afterEach(() => {
  store.close()
  folder.remove()
})
const fresh = (n: number) => aPaper('statement', n) as Extract<NewPaper, { kind: 'statement' }>
const about = { kind: 'statement', subject: 's1' } as const
const source = () => {
  const { maker, made } = plainPaper()
  return { made, pdf: createPaperPdf(createSpoolStore(store, context.journal), maker) }
}

test('an answer is one paper: made once, kept with its hash, and the same bytes for who asks again, after a restart too', async () => {
  const first = source()
  const bytes = valueOf(await readyPaper(context, first, about, () => fresh(1)))
  const again = source()
  expect(valueOf(await readyPaper(context, again, about, () => fresh(2))).sha256).toBe(bytes.sha256)
  expect([first.made.receipts, again.made.receipts]).toEqual([1, 0])
  expect(store.db.all('SELECT kind, subject, file_sha256 FROM papers')).toEqual([
    { kind: 'statement', subject: 's1', file_sha256: bytes.sha256 },
  ])
  expect(store.files.has(bytes.sha256)).toBe(true)
})

test('a press that is down leaves the paper to be made, and the next one who asks has it made', async () => {
  const { made, pdf } = source()
  made.throws = true
  expect(await readyPaper(context, { pdf }, about, () => fresh(1))).toMatchObject({ ok: false })
  made.throws = false
  valueOf(await readyPaper(context, { pdf }, about, () => fresh(2)))
  expect(store.db.all('SELECT subject FROM papers')).toHaveLength(1)
})

test('where acts are refused no paper is written', async () => {
  const refused = {
    ...context,
    store: { ...store, tx: () => ({ ok: false, fault: { code: 'register.quarantined' } }) as never },
  }
  expect(await readyPaper(refused, source(), about, () => fresh(1))).toMatchObject({
    fault: { code: 'register.quarantined' },
  })
  expect(store.db.all('SELECT id FROM papers')).toEqual([])
})
