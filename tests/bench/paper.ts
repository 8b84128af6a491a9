import { generateKeyPairSync } from 'node:crypto'
import { openFonts } from '#electron/press/engine/fonts.ts'
import { openPress } from '#electron/press/openPress.ts'
import { openEngine, type Sheet } from '#electron/press/engine/engine.ts'
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

/** The receipt as PDF against a page with one Latin line, textNode by the same library with the same fonts. */
export async function benchPaper(runs: number): Promise<readonly Figure[]> {
  const paper = openPress({ resourcesDir: resources })
  const engine = openEngine(openFonts(resources))
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const seal = signSeal(someClaims(), { privateKey, kid: '0011223344556677' })
  const receipt = (): Promise<number> =>
    timed(async () => valueOf(await paper.make({ kind: 'receipt', facts: aReceipt(), seal })))
  const oneLine = (): Promise<number> => timed(() => engine.print([floorSheet]))
  await receipt()
  await oneLine()
  const [value, floor] = await against(runs, receipt, oneLine)
  return [{ name: 'receipt PDF, warm', value, floor: { name: 'a page with one line', value: floor }, unit: 'ms', runs }]
}
