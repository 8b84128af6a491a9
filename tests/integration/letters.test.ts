import { beforeAll, expect, it, test } from 'vitest'
import type { Press } from '#shared/ports/press.ts'
import { pressHere } from '#electron/press/pressHere.ts'
import { letterCases, receivedOn } from '#tests/builders/corpus/letterCorpus.ts'
import { scoreOf } from '#tests/builders/corpus/letterScore.ts'
import { valueOf } from '#tests/builders/register.ts'
import { resources } from '#tests/builders/worker.ts'

let press: Press
beforeAll(() => {
  press = pressHere({ resourcesDir: resources })
})
const cases = new Map(letterCases().map((one) => [one.name, one]))
const readOf = async (name: string, signal = new AbortController().signal) => {
  const one = cases.get(name)
  if (one === undefined) throw new Error(`no letter ${name}`)
  const file = await one.file()
  const asked = { name: file.name, bytes: new Uint8Array(file.bytes), received: receivedOn, pages: 1 }
  return { one, asked, read: await press.propose(asked, signal) }
}

// The whole corpus is `npm run bench -- proposals`.
test.each([
  ['fr-sante text', []],
  ['fr-commune born', []],
  ['fr-association scan', []],
  ['fr-sante eml', []],
  ['fr-sante msg', []],
  // paperless-ngx 1163, 2301, 2354: a layer in the order of the eye
  ['ar-jamaa reversed', ['textReversed']],
  // paperless-ngx 3593: a layer of other letters
  ['fr-societe broken', ['textBroken']],
  // OCRmyPDF #581: a French letter upside down
  ['fr-tribunal upsideDown', ['turned']],
  // paperless-ngx PR 4708: few dots an inch are told
  ['fr-vieux lowDpi', ['lowResolution', 'dateOld']],
])('%s is read right', async (name, notes) => {
  const { one, read } = await readOf(name)
  const reading = valueOf(read)
  expect(scoreOf(one, reading)).toEqual({ sender: 'right', reference: 'right', date: 'right', subject: 'right' })
  expect(reading.notes).toEqual(notes)
})

it('paperless-ngx 4724: a PDF whose text can be trusted is not read from its picture', async () => {
  expect(valueOf((await readOf('fr-commune born')).read).pages).toMatchObject([{ page: 1, from: 'layer', sure: 1 }])
})

it('a reading that nobody waits for any more ends, and the next one is answered', async () => {
  const stop = new AbortController()
  setTimeout(() => stop.abort(), 300)
  expect((await readOf('fr-association scan', stop.signal)).read).toMatchObject({
    ok: false,
    fault: { code: 'call.cancelled' },
  })
  expect((await readOf('fr-association scan')).read.ok).toBe(true)
})

it('the received bytes stay as they are', async () => {
  const { asked, one } = await readOf('fr-commune eml')
  expect(asked.bytes).toEqual(new Uint8Array((await one.file()).bytes))
})
