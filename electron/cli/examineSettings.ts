import { existsSync } from 'node:fs'
import type { WrongSetting } from '#shared/domain/machineSettings.ts'
import { registerFile } from '#electron/worker/keys/openKey.ts'
import { wrappedFor } from '#electron/worker/keys/recovery.ts'
import type { CommandContext } from './command.ts'
import { examineRecordings } from './examineRecordings.ts'
import { fine, warning, wrong, type Finding } from './finding.ts'
import { resourcesDir } from './resourcesDir.ts'

/** What is right, for whoever reads the doctor. */
const rights: Readonly<Record<WrongSetting['right'], string>> = {
  switch: 'true or false',
  folder: 'the absolute path of a folder',
  file: 'the absolute path of a file',
  platform: 'an address of https, or of this machine',
  proxy: 'an address like http://proxy.example:3128',
  recoveryKey: 'a public key age1…, made by guichet recovery key',
  fingerprint: 'eight groups of four characters',
  language: 'fr, ar, zgh or en',
  ticketPrinter: 'an address like printer.example:9100, with /58 after it for a roll of 58 mm',
  spoken: 'ar,fr or fr,ar or ar or fr or none',
  percent: 'a whole number from 0 to 100',
  none: 'nothing: there is no such setting',
  object: 'one JSON object',
  root: 'owned by root, file and folder, and writable by root alone',
}

/** One wrong setting: its key, the shape that was found, what is right. */
export const sayWrong = ({ name, found, right, line }: WrongSetting): string =>
  `${name ?? 'the file'}${line === undefined ? '' : `, line ${String(line)}`}: ${found}, must be ${rights[right]}`

/** The settings file of the machine: each wrong setting by name, and each file and folder that is named and not there. */
export function examineSettings(context: Pick<CommandContext, 'machine' | 'dataDir'>): readonly Finding[] {
  return [
    ...examineFile(context),
    ...examineRecovery(context),
    ...examineRecordings(context.machine?.settings ?? {}, resourcesDir),
  ]
}

/** Whether the register's key is wrapped for the recovery key that the settings name. */
const examineRecovery = ({ machine, dataDir }: Pick<CommandContext, 'machine' | 'dataDir'>): readonly Finding[] => {
  const wanted = machine?.settings.recoveryKey
  if (wanted === undefined || !existsSync(registerFile(dataDir))) return []
  const wrapped = wrappedFor(dataDir)
  return wrapped.ok && wrapped.value?.recipient === wanted
    ? [fine('recovery', "the key is wrapped for the office's recovery key too")]
    : [warning('recovery', "the key is not wrapped for the office's recovery key yet", 'Start the window once.')]
}

const examineFile = ({ machine }: Pick<CommandContext, 'machine'>): readonly Finding[] => {
  if (machine === undefined) return []
  const { file, settings, wrong: faults } = machine
  if (faults.length > 0)
    return [wrong('settings', `${file}: ${faults.map(sayWrong).join('; ')}`, 'See docs/administration.md, Settings.')]
  const names = Object.keys(settings)
  if (names.length === 0)
    return [
      existsSync(file)
        ? fine('settings', `${file}: none set`)
        : warning(
            'settings',
            `no ${file}`,
            'guichet provision FILE writes it; without it every account has a register of its own.',
          ),
    ]
  const absent = (
    ['dataDir', 'officeFile', 'caFile', 'backupDir', 'recordings', 'trust', 'csca', 'plugins'] as const
  ).filter((name) => {
    const path = settings[name]
    return path !== undefined && !existsSync(path)
  })
  return [
    absent.length === 0
      ? fine('settings', `${file}: ${names.join(', ')}`)
      : warning('settings', `${file}: ${absent.join(', ')}: not there`, 'Put it there, or take the setting out.'),
  ]
}
