import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { officeFileLimit } from '#shared/contract/officeFile.ts'
import { readSettingsText, type MachineSettings } from '#shared/domain/machineSettings.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { machineFolder } from '#electron/main/machineSettings.ts'
import { counterOf } from '#electron/worker/core/createRegister.ts'
import { readOfficeFile } from '#electron/worker/core/officeFile.ts'
import { osCode, writeWhole } from '#electron/worker/keys/wholeFile.ts'
import { administratorsAlone } from './administratorsAlone.ts'
import type { CommandContext, Said } from './command.ts'
import { sayWrong } from './examineSettings.ts'
import { withGiven } from './givenSettings.ts'
import { readRegular } from './readInput.ts'

/** What was given: at most one file of each kind. */
interface Given {
  readonly settings?: MachineSettings
  readonly office?: Uint8Array
}

/** Longer than any settings file, in bytes. */
const settingsLimit = 100_000

/**
 * Checks what was given and writes it for the whole machine: a file of settings replaces those that are there, `--set`
 * and an office file are added to them. Faults: file.unreadable; call.invalid (a wrong setting, given or there, each by
 * name; two files of a kind; an office file without a fingerprint); office.*; file.unwritable.
 */
export async function provisionMachine(context: CommandContext): Promise<Result<Said>> {
  const given = await readGiven(context.positionals)
  if (!given.ok) return given
  const { into, fingerprint, 'dry-run': dry } = context.options
  const folder = typeof into === 'string' ? into : machineFolder()
  const officePath = join(folder, 'office.json')
  const before =
    given.value.settings === undefined ? keptSettings(join(folder, 'settings.json')) : ok(given.value.settings)
  if (!before.ok) return before
  const kept = before.value
  const typed = typeof fingerprint === 'string' ? fingerprint : kept.officeFingerprint
  const { office } = given.value
  if (office !== undefined && typed === undefined) return err(faultOf('call.invalid', '--fingerprint XXXX-…'))
  const read = office === undefined ? undefined : readOfficeFile(office, typed ?? '')
  if (read?.ok === false) return read
  const { set = [] } = context.options
  const changed = withGiven(kept, set as readonly string[])
  if (!changed.ok) return changed
  const settings = {
    ...changed.value,
    ...(typed === undefined ? {} : { officeFingerprint: typed }),
    ...(office === undefined ? {} : { officeFile: officePath }),
  }
  const checked = readSettingsText(JSON.stringify(settings))
  if (checked.wrong.length > 0) return err(faultOf('call.invalid', checked.wrong.map(sayWrong).join('; ')))
  const files = [
    { file: join(folder, 'settings.json'), bytes: `${JSON.stringify(settings, undefined, 2)}\n`, mode: 0o644 },
    ...(office === undefined ? [] : [{ file: officePath, bytes: office, mode: 0o640 }]),
  ]
  const written = dry === true ? ok(undefined) : writeAll(folder, files, checked.settings.dataDir)
  if (!written.ok) return written
  const counter = read === undefined ? undefined : counterOf(read.value.office)
  const verb = dry === true ? 'would write' : 'wrote'
  return ok({
    json: { written: dry !== true, files: files.map(({ file }) => file), settings: Object.keys(settings), counter },
    text: [
      ...files.map(({ file }) => `${verb} ${file}`),
      `settings: ${Object.keys(settings).join(', ')}`,
      ...(counter === undefined ? [] : [`counter: ${counter}; its register begins at the next start`]),
    ].join('\n'),
  })
}

/**
 * Whoever provisions a machine says who owns the file: here only what stands in it counts. One that is wrong is not
 * written over.
 */
const keptSettings = (file: string): Result<MachineSettings> => {
  if (!existsSync(file)) return ok({})
  const { settings, wrong } = readSettingsText(readFileSync(file, 'utf8'))
  return wrong.length === 0 ? ok(settings) : err(faultOf('call.invalid', `${file}: ${wrong.map(sayWrong).join('; ')}`))
}

const readGiven = async (paths: readonly string[]): Promise<Result<Given>> => {
  let given: Given = {}
  for (const path of paths) {
    const bytes = await readRegular(path, officeFileLimit)
    if (!bytes.ok) return bytes
    const text = new TextDecoder().decode(bytes.value).trim()
    if (!text.startsWith('{') && text.includes('.')) {
      if (given.office !== undefined) return err(faultOf('call.invalid', `${path}: a second office file`))
      given = { ...given, office: bytes.value }
      continue
    }
    const { settings, wrong } = readSettingsText(text.slice(0, settingsLimit))
    if (wrong.length > 0) return err(faultOf('call.invalid', `${path}: ${wrong.map(sayWrong).join('; ')}`))
    if (given.settings !== undefined) return err(faultOf('call.invalid', `${path}: a second settings file`))
    given = { ...given, settings }
  }
  return ok(given)
}

interface ToWrite {
  readonly file: string
  readonly bytes: string | Uint8Array
  readonly mode: number
}

const writeAll = (folder: string, files: readonly ToWrite[], dataDir: string | undefined): Result<void> => {
  try {
    if (!existsSync(folder)) mkdirSync(folder, { mode: 0o755 })
    const alone = process.platform === 'win32' ? administratorsAlone(folder) : ok(undefined)
    if (!alone.ok) return alone
    for (const { file, bytes, mode } of files) {
      const done = writeWhole(file, bytes)
      if (!done.ok) return err(faultOf('file.unwritable', `${file}: ${done.fault.detail ?? ''}; run it as root`))
      chmodSync(file, mode)
      // The office file holds a one-time code: only the accounts that share the register read it.
      if (mode === 0o640) shareWith(file, dataDir)
    }
    return ok(undefined)
  } catch (cause) {
    return err(faultOf('file.unwritable', `${folder}: ${osCode(cause)}; run it as root`))
  }
}

const shareWith = (file: string, dataDir: string | undefined): void => {
  if (dataDir !== undefined && existsSync(dataDir)) chownSync(file, statSync(file).uid, statSync(dataDir).gid)
  else chmodSync(file, 0o644)
}
