import { copyFileSync, existsSync } from 'node:fs'
import { keyOfSheet } from '#shared/domain/recoverySheet.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { systemClock } from '#electron/worker/core/systemClock.ts'
import { registerFile } from '#electron/worker/keys/openKey.ts'
import { shortestPassphrase } from '#electron/worker/keys/passphrase.ts'
import { recoverKey, recoveryFile, rewrapKey } from '#electron/worker/keys/recovery.ts'
import { fileFault, makeFolder } from '#electron/worker/keys/wholeFile.ts'
import { copiesIn, restoreBackup } from '#electron/worker/upkeep/backups.ts'
import { openStore } from '#electron/worker/store/open.ts'
import type { CommandContext, Said } from './command.ts'
import { readText } from './readInput.ts'

/**
 * Opens a register by the office's recovery key and wraps its key by `GUICHET_PASSPHRASE` from then on. `--from`: the
 * machine is gone; the newest copy in that folder takes the place of the register, in a data folder without one.
 * The key comes from its file, or
 * from its sheet in `GUICHET_RECOVERY_CODE`. Faults: call.invalid, file.unreadable, recovery.*, those of `openStore` and `restoreBackup`.
 */
export async function recoverRegister(context: CommandContext): Promise<Result<Said>> {
  const { from } = context.options
  const passphrase = context.env['GUICHET_PASSPHRASE'] ?? ''
  if (passphrase.length < shortestPassphrase)
    return err(faultOf('call.invalid', 'GUICHET_PASSPHRASE: the key is wrapped by it from now on'))
  const secret = await officeKey(context)
  if (!secret.ok) return secret
  const { dataDir } = context
  const file = registerFile(dataDir)
  if (typeof from === 'string' && existsSync(file))
    return err(faultOf('call.invalid', `there is a register in ${dataDir}: --from is for an empty folder`))
  const source = typeof from === 'string' ? from : dataDir
  const key = await recoverKey(source, secret.value)
  if (!key.ok) return key
  const options = { file, key: key.value, now: systemClock.now().toISOString(), ...bindingOf(context) }
  const opened = typeof from === 'string' ? fromCopies(from, options, dataDir) : tryOpen(options)
  if (!opened.ok) return opened
  const wrapped = await rewrapKey(dataDir, key.value, passphrase, systemClock.now())
  if (!wrapped.ok) return wrapped
  return ok({
    json: opened.value,
    text: `recovered: ${opened.value.text}\nthe key is wrapped by the passphrase from now on; keep that of before and this one apart`,
  })
}

/** From its file, or as it was typed from the sheet. */
const officeKey = ({ options: { identity }, env }: CommandContext): Promise<Result<string>> => {
  const typed = env['GUICHET_RECOVERY_CODE'] ?? ''
  if (typeof identity === 'string') return readText(identity)
  return Promise.resolve(
    typed === '' ? err(faultOf('call.invalid', '--identity FILE, or GUICHET_RECOVERY_CODE')) : keyOfSheet(typed),
  )
}

const bindingOf = ({ env }: CommandContext): { readonly binding?: string } => {
  const binding = env['GUICHET_SQLITE_BINDING']
  return binding === undefined ? {} : { binding }
}

type Options = Parameters<typeof restoreBackup>[1]
interface Opened {
  readonly text: string
  readonly copy?: string
}

/** Before anything is written: the key that came out is that of the register. */
const tryOpen = (options: Options): Result<Opened> => {
  if (!existsSync(options.file)) return err(faultOf('register.none'))
  const store = openStore(options)
  if (!store.ok) return store
  store.value.close()
  return ok({ text: options.file })
}

const fromCopies = (folder: string, options: Options, dataDir: string): Result<Opened> => {
  const [newest] = copiesIn(folder)
  if (newest === undefined) return err(faultOf('register.noBackup', `no copy in ${folder}`))
  try {
    makeFolder(dataDir)
    copyFileSync(recoveryFile(folder), recoveryFile(dataDir))
  } catch (cause) {
    return err(fileFault(cause))
  }
  const restored = restoreBackup(newest.file, options, systemClock.now())
  if (!restored.ok) return restored
  const { links, filesBack, filesMissing } = restored.value
  const lost = filesMissing === 0 ? '' : `, ${String(filesMissing)} files are not whole there`
  return ok({
    copy: newest.file,
    text: `${newest.file}: ${String(links)} links of the journal, ${String(filesBack)} files${lost}. What was written after ${newest.at} is not in it: the platform says what it holds, and the counter goes on in a new series`,
  })
}
