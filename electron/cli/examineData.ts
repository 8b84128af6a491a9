import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fingerprintOf } from '#shared/domain/enrolment.ts'
import { faultOf, type FaultCode } from '#shared/fault.ts'
import type { CountrySigners } from '#shared/ports/countrySigners.ts'
import { fingerprintOfKey, readCounterKey } from '#electron/worker/keys/counterKey.ts'
import { keyState, registerFile } from '#electron/worker/keys/openKey.ts'
import { openFonts } from '#electron/press/engine/fonts.ts'
import { countFaults, examineFiles } from '#electron/worker/files/examine.ts'
import { readLink } from '#electron/worker/outbox/rows/link.ts'
import { openStore } from '#electron/worker/store/open.ts'
import { pinnedKeys, platformAddress } from '#electron/worker/outbox/rows/platformTrust.ts'
import { checkedAt } from '#electron/worker/upkeep/selfCheck.ts'
import { demonstrationIn } from '#electron/worker/core/demonstration.ts'
import { systemClock } from '#electron/worker/core/systemClock.ts'
import type { CommandContext } from './command.ts'
import { isDemo } from './demonstration.ts'
import { examineCountries } from './examineCountries.ts'
import { examinePlatformKey, examineSecrets } from './examineTrust.ts'
import { fine, trouble, warning, type Finding } from './finding.ts'
import { readRegister, type ReadRegister } from './readRegister.ts'
import { resourcesDir } from './resourcesDir.ts'

/** Below this the disk is nearly full, in bytes: a day of scans, with room. */
const littleDisk = 2e9

/** What was found, and where the register says that the platform is. */
interface Examined {
  readonly findings: readonly Finding[]
  readonly address?: string | undefined
}

/**
 * The register's engine, its key, the register itself, the countries and the platform that are believed, the disk under
 * it, and the fonts of its paper.
 */
export const examineData = async (context: CommandContext, signers: CountrySigners): Promise<Examined> => {
  const { findings, address } = await register(context, signers)
  return { findings: [engine(context), key(context), ...findings, disk(context), fonts()], address }
}

/** Opens a register of its own in a temporary folder: encryption and durability as they really are on this machine. */
const engine = ({ env }: CommandContext): Finding => {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-doctor-'))
  const binding = env['GUICHET_SQLITE_BINDING']
  try {
    const opened = openStore({
      file: join(folder, 'register.db'),
      key: randomBytes(32),
      now: systemClock.now().toISOString(),
      ...(binding === undefined ? {} : { binding }),
    })
    if (!opened.ok) return trouble('sqlite', opened.fault, 'Run npm run setup, which provides the native part.')
    const { sqlite, cipher, synchronous } = opened.value.facts()
    opened.value.close()
    return fine('sqlite', `SQLite ${sqlite}, ${cipher}, synchronous ${String(synchronous)}`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const key = ({ dataDir, env }: CommandContext): Finding => {
  const state = keyState(dataDir)
  if (!state.ok) return trouble('key', state.fault, `Put key.json of this counter back into ${dataDir}.`)
  if (state.value === 'keystore') return fine('key', "wrapped by the operating system's keystore")
  if (env['GUICHET_PASSPHRASE'] === undefined) {
    return warning(
      'key',
      state.value === 'absent' ? 'none yet' : 'wrapped by a passphrase',
      'Set GUICHET_PASSPHRASE for commands that open the register.',
    )
  }
  return fine(
    'key',
    state.value === 'absent' ? 'none yet; the passphrase is set' : 'wrapped by a passphrase, which is set',
  )
}

const register = async (context: CommandContext, signers: CountrySigners): Promise<Examined> => {
  const countries = (store?: ReadRegister['store']): Promise<Finding> =>
    examineCountries(signers, systemClock.now(), store)
  if (!existsSync(registerFile(context.dataDir))) return { findings: [noRegister(context), await countries()] }
  const opened = await readRegister(context)
  if (!opened.ok)
    return {
      findings: [
        trouble('register', opened.fault, remedies[opened.fault.code] ?? 'See guichet db check.'),
        await countries(),
      ],
    }
  const [wrong, checked] = [opened.value.store.check(), checkedAt(opened.value.store.db)]
  const demo = isDemo(context)
  const [newest] = pinnedKeys(opened.value.store.db)
  const address = platformAddress(opened.value.store.db, context.platformUrl)
  const rest = [
    await files(opened.value, context.signal),
    examineDevice(opened.value),
    examinePlatformKey(newest === undefined ? undefined : fingerprintOf(newest.kid), demo),
    ...(demo ? [] : examineSecrets(demonstrationIn(opened.value.store))),
    await countries(opened.value.store),
  ]
  opened.value.close()
  const quarantine = opened.value.store.readOnlyReason()
  if (quarantine?.code === 'register.quarantined') {
    return {
      findings: [
        trouble(
          'register',
          quarantine,
          'Put the newer register back, or let a supervisor open a new series in the window.',
        ),
        ...rest,
      ],
      address,
    }
  }
  const state =
    wrong.length === 0
      ? fine(
          'register',
          `${opened.value.counter}, sound${checked === undefined ? '' : `; checked while at work ${checked.slice(0, 16).replace('T', ' ')} UTC`}${older(opened.value)}`,
        )
      : trouble(
          'register',
          faultOf('register.corrupt', wrong[0]),
          'Start the window: a supervisor sets the register aside there and goes on from the last copy.',
        )
  return { findings: [state, ...rest], address }
}

/** A register of before is looked at as it will be: its own file waits for the window. */
const older = ({ shape: { file, program } }: ReadRegister): string =>
  file === program ? '' : `; shape ${String(file)}, which the next start of the window brings to ${String(program)}`

/** Nothing is begun by itself outside a demonstration. */
const noRegister = (context: CommandContext): Finding => {
  const found = `none yet in ${context.dataDir}`
  return isDemo(context)
    ? fine('register', found)
    : warning(
        'register',
        found,
        "guichet register begin FILE --fingerprint XXXX-…, with the office file of the platform's operator; or start the window.",
      )
}

/** Every file that the register names is read; what nothing names is said, and is no trouble. */
const files = async ({ store }: ReadRegister, signal: AbortSignal): Promise<Finding> => {
  const found = await examineFiles(store, systemClock.now().getTime(), signal)
  const counts = Object.entries(countFaults(found.faults)).map(([code, count]) => `${String(count)} ${code}`)
  const [first] = found.faults.filter((one) => one.code !== 'file.leftOver')
  if (first !== undefined)
    return trouble(
      'files',
      faultOf(first.code, counts.join(', ')),
      'guichet db restore FILE brings them back from a backup.',
    )
  return fine('files', `${String(found.files)}, all whole${counts.length === 0 ? '' : `; ${counts.join(', ')}`}`)
}

const remedies: Partial<Readonly<Record<FaultCode, string>>> = {
  'register.inUse': 'Close the window of Guichet first.',
  'register.noKeystore': 'Look at it in the window: Devices, Sync.',
  'register.locked': 'Set GUICHET_PASSPHRASE.',
  'register.otherAccount': 'Run it as the account of the counter, or as root.',
  'register.none': 'Begin it: guichet register begin FILE --fingerprint XXXX-…, or start the window.',
}

/** Whether the platform knows this machine. */
const examineDevice = ({ store, counter }: ReadRegister): Finding => {
  const { enrolledAt, askedAt, revokedAt } = readLink(store.db)
  const fingerprint = fingerprintOfKey(readCounterKey(store.db, counter).publicKey)
  if (revokedAt !== undefined)
    return trouble(
      'device',
      faultOf('device.revoked', `since ${revokedAt}`),
      'Acts are kept; export them, or have the device approved again at the platform.',
    )
  if (enrolledAt !== undefined) return fine('device', `enrolled since ${enrolledAt}, fingerprint ${fingerprint}`)
  return askedAt === undefined
    ? warning('device', 'not enrolled: acts wait', 'guichet device enrol CODE, with a code of the platform.')
    : warning(
        'device',
        `waits to be approved, fingerprint ${fingerprint}`,
        'Have the fingerprint compared and approved at the platform.',
      )
}

const disk = ({ dataDir }: CommandContext): Finding => {
  let folder = dataDir
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder)
  const { bavail, bsize } = statfsSync(folder)
  const free = bavail * bsize
  const found = `${(free / 1e9).toFixed(1)} GB free for ${dataDir}`
  return free >= littleDisk
    ? fine('disk', found)
    : warning('disk', found, 'Make room: below 2 GB free the register is at risk.')
}

const fonts = (): Finding => {
  try {
    const missing = openFonts(resourcesDir).missing('Récépissé وصل إيداع ⵜⴰⵎⵙⵙⴰⴳⵓⵔⵜ')
    return missing.length === 0
      ? fine('fonts', 'Latin, Arabic and Tifinagh')
      : trouble('fonts', faultOf('receipt.glyphMissing', missing.join(' ')), 'Install Guichet again.')
  } catch {
    return trouble('fonts', faultOf('file.unreadable', join(resourcesDir, 'fonts')), 'Install Guichet again.')
  }
}
