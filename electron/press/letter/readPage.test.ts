import { expect, it } from 'vitest'
import { faultOf, type FaultCode } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
import type { Pages } from '../scan/pages.ts'
import type { Ocr } from './ocr/openOcr.ts'
import { readPage } from './readPage.ts'

const white = { data: new Uint8Array(100 * 140).fill(255), width: 100, height: 140, dpi: 260 }
const pagesWith = (layer: string) =>
  ({
    text: () => Promise.resolve(ok(layer)),
    picture: () => Promise.resolve(ok(white)),
    scanDpi: () => Promise.resolve(ok(undefined)),
  }) as unknown as Pages
const failing = (code: FaultCode) => ({ read: () => Promise.resolve(err(faultOf(code))) }) as unknown as Ocr
const reading = (layer: string, code: FaultCode) =>
  readPage(pagesWith(layer), 1, failing(code), new AbortController().signal)

it('a page that no reader of pictures gets through still says what its layer says', async () => {
  const broken = 'xq '.repeat(40)
  expect(await reading(broken, 'letter.ocrFailed')).toEqual(
    ok({ page: 1, text: broken, from: 'layer', sure: 0, notes: ['textBroken', 'hardToRead'] }),
  )
  // Where there is none, or nobody waits any more, it is not read.
  expect(await reading('', 'letter.ocrFailed')).toMatchObject({ ok: false })
  expect(await reading(broken, 'call.cancelled')).toMatchObject({ ok: false, fault: { code: 'call.cancelled' } })
})
