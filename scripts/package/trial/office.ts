import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { openTrainingCards, type TrainingCards } from '#drivers/fake/trainingCards.ts'
import type { OfficeHandedOver } from '#shared/contract/officeFile.ts'
import { counterId } from '#shared/ids.ts'
import { openClosedNetwork, type ClosedNetwork } from '#tests/builders/closedNetwork.ts'
import { startPrinterBench, type PrinterBench } from '#tests/emulators/printer/bench.ts'
import { root } from '../../runtime.ts'

/** What an office has besides the machine: a platform on a closed network, a printer, cards. */
export interface Office {
  readonly network: ClosedNetwork
  readonly printer: PrinterBench
  readonly cards: TrainingCards
  /** What the platform's operator hands over for the counter. */
  readonly handed: OfficeHandedOver
  /** `node tests/platform/operator.ts …`, as the people of the platform run it; what it printed. */
  operate(...words: readonly string[]): Promise<string>
  close(): Promise<void>
}

/** The counter of the trial. */
export const counter = counterId.parse('RAB03-G2')

export async function openOffice(): Promise<Office> {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-office-'))
  const operator = 'operator of this trial'
  const network = await openClosedNetwork(folder, { openCode: '', operator })
  const printer = await startPrinterBench()
  return {
    network,
    printer,
    cards: await openTrainingCards(join(root, 'resources/specimen'), new Date()),
    handed: await network.platform.officeFile(counter),
    operate: async (...words) => {
      const line = [join(root, 'tests/platform/operator.ts'), ...words, '--url', network.platform.url]
      const env = { ...process.env, GUICHET_OPERATOR: operator }
      return (await promisify(execFile)(process.execPath, line, { env })).stdout.trim()
    },
    close: async () => {
      await printer.stop()
      await network.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
