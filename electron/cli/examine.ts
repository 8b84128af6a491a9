import { systemClock } from '#electron/worker/core/systemClock.ts'
import { existsSync } from 'node:fs'
import { logFile } from '#shared/log.ts'
import { openDevices } from './devices.ts'
import type { CommandContext } from './command.ts'
import { examineClock } from './examineClock.ts'
import { examineData } from './examineData.ts'
import { examineHall } from './examineHall.ts'
import { examinePlatform } from './examinePlatform.ts'
import { examineSettings } from './examineSettings.ts'
import { examineReaders } from './examineReaders.ts'
import { fine, trouble, warning, type Finding } from './finding.ts'

/** Everything that this counter needs, one finding each, in the order in which to mend it. */
export async function examine(context: CommandContext): Promise<readonly Finding[]> {
  const { devices, close } = openDevices(context)
  try {
    const [data, readers, codes, printers] = await Promise.all([
      examineData(context, devices.signers),
      devices.cards.list(),
      examineReaders(),
      devices.printer.list(),
    ])
    return [
      runtime(context),
      ...examineSettings(context),
      ...data.findings,
      readers.ok
        ? readers.value.length > 0
          ? fine('readers', readers.value.map((one) => one.reader).join(', '))
          : warning('readers', 'none', 'Connect a PC/SC reader.')
        : trouble('readers', readers.fault, 'Install and start pcscd: apt-get install pcscd.'),
      codes,
      printers.ok
        ? printers.value.length > 0
          ? fine('printers', printers.value.map((one) => `${one.name} (${one.state})`).join(', '))
          : warning('printers', 'none', 'Add a printer: lpadmin -p NAME -E -v URI -m everywhere.')
        : trouble('printers', printers.fault, 'Install and start CUPS: apt-get install cups.'),
      ...(await examinePlatform({ ...context, platformUrl: data.address ?? context.platformUrl })),
      ...(await examineHall(context.dataDir)),
      logOf(context.dataDir),
      ...(await examineClock(systemClock.now())),
    ]
  } finally {
    await close()
  }
}

/** better-sqlite3 13 is built for Node-API 10, the addon of a test build for 9; below it the process would crash. */
const neededNapi = { prebuilt: 10, built: 9 } as const

const runtime = ({ env }: CommandContext): Finding => {
  const napi = Number(process.versions['napi'] ?? 0)
  const found = `Node ${process.versions.node}, Node-API ${String(napi)}, ${process.platform} ${process.arch}`
  return napi >= (env['GUICHET_SQLITE_BINDING'] === undefined ? neededNapi.prebuilt : neededNapi.built)
    ? fine('runtime', found)
    : { part: 'runtime', verdict: 'fault', found, remedy: 'Use Node 22.14 or later.' }
}

/** Where support finds what went wrong. */
const logOf = (dataDir: string): Finding => {
  const file = logFile(dataDir)
  return fine('log', existsSync(file) ? file : `none yet; it will be ${file}`)
}
