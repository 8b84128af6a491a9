import { generateKeyPairSync } from 'node:crypto'
import { openFonts } from '#electron/worker/paper/fonts.ts'
import { openPaper } from '#electron/worker/paper/paper.ts'
import { openPress, type Sheet } from '#electron/worker/paper/render.ts'
import { signSeal } from '#electron/worker/seal/seal.ts'
import { aReceipt, someClaims } from '#tests/builders/receipt.ts'
import { valueOf } from '#tests/builders/register.ts'
import { resources } from '#tests/builders/worker.ts'
import { against, timed, type Figure } from './measure.ts'

const floorSheet: Sheet = {
  title: 'floor',
  size: { width: 420, height: 595 },
  margins: { left: 30, top: 30, right: 30, bottom: 30 },
  content: [{ text: 'one line' }],
}

/** The receipt as PDF against a page with one Latin line, set by the same library with the same fonts. */
export async function benchPaper(runs: number): Promise<readonly Figure[]> {
  const paper = openPaper({ resourcesDir: resources })
  const press = openPress(openFonts(resources))
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const seal = signSeal(someClaims(), { privateKey, kid: '0011223344556677' })
  const receipt = (): Promise<number> => timed(async () => valueOf(await paper.receipt(aReceipt(), seal)))
  const oneLine = (): Promise<number> => timed(() => press.print([floorSheet]))
  await receipt()
  await oneLine()
  const [value, floor] = await against(runs, receipt, oneLine)
  return [{ name: 'receipt PDF, warm', value, floor: { name: 'a page with one line', value: floor }, unit: 'ms', runs }]
}
