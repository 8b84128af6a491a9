import { PDFDocument } from '@cantoo/pdf-lib'
import { registerNumber } from '#shared/ids.ts'
import { openPress } from '#electron/press/openPress.ts'
import { openPages } from '#electron/press/scan/pages.ts'
import { splitPages } from '#electron/press/scan/splitPages.ts'
import { valueOf } from '#tests/builders/register.ts'
import { blankPage, colourScan, letter, noisy, pagesFrom, scanned, stackOf, stickered } from '#tests/builders/stacks.ts'
import { resources } from '#tests/builders/worker.ts'
import { timed, type Figure } from './measure.ts'

/** Separators, letters of two pages and a blank back, as a feeder writes them: 300 dpi, colour, JPEG. */
async function aStack(pages: number): Promise<Uint8Array> {
  const press = openPress({ resourcesDir: resources })
  const sheet = valueOf(await press.separators([{ serial: 'AAAA2222', service: 'URB' }]))
  const label = { text: 'GM1:2026/RAB03-G2/L-000001', x: 420, y: 740 }
  const drawn = await stackOf(pagesFrom(sheet), stickered([label]), letter('deux'), blankPage)
  const once = await stackOf(
    ...(await Promise.all([1, 2, 3, 4, 5].map(async (page) => colourScan(await scanned(drawn, page, 300, noisy(10)))))),
  )
  const document = await PDFDocument.load(once)
  for (let at = 5; at < pages; at += 5)
    for (const page of await document.copyPages(document, [0, 1, 2, 3, 4])) document.addPage(page)
  return document.save()
}

/** A stack of 200 pages: split into letters, against drawing its pages; and the stamp on its last page. */
export async function benchStack(runs: number): Promise<readonly Figure[]> {
  const count = runs > 1 ? 200 : 20
  const stack = await aStack(count)
  let most = 0
  const whole = await timed(async () => {
    const onPage = (): void => {
      most = Math.max(most, process.memoryUsage().rss)
    }
    valueOf(await splitPages(stack, { office: 'RAB03', onPage }))
  })
  const drawing = await timed(async () => {
    const pages = valueOf(await openPages(stack))
    for (let page = 1; page <= count; page += 1) valueOf(await pages.picture(page, 300))
    pages.close()
  })
  const press = openPress({ resourcesDir: resources })
  const stamping = await timed(async () =>
    valueOf(
      await press.stamp(stack, {
        number: registerNumber.parse('2026/RAB03-M1/A-000123'),
        at: '2026-11-30T08:15:00.000Z',
        utcOffsetMinutes: 0,
        office: { fr: 'Accueil', ar: 'الاستقبال' },
        page: count,
      }),
    ),
  )
  const opening = await timed(async () => {
    valueOf(await openPages(stack)).close()
  })
  return [
    {
      name: `a page of a stack of ${String(count)}, split (resident at most ${String(Math.round(most / 1e6))} MB)`,
      value: whole / count,
      floor: { name: 'the same page drawn', value: drawing / count },
      unit: 'ms',
      runs: 1,
    },
    {
      name: `stamp on page ${String(count)} of ${(stack.length / 1e6).toFixed(1)} MB`,
      value: stamping,
      floor: { name: 'the file opened', value: opening },
      unit: 'ms',
      runs: 1,
    },
  ]
}
