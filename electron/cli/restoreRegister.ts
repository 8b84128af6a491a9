import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { registerFile } from '#electron/worker/keys/openKey.ts'
import { restoreBackup } from '#electron/worker/upkeep/backups.ts'
import { systemClock } from '#electron/worker/core/systemClock.ts'
import type { CommandContext, Said } from './command.ts'
import { openKeyHere } from './openKeyHere.ts'
import { openRegister } from './openRegister.ts'

/**
 * Puts a backup in the place of the register and says whether it is in quarantine. Faults: call.invalid, those of
 * `restoreBackup`.
 */
export async function restoreRegister(context: CommandContext): Promise<Result<Said>> {
  const [file] = context.positionals
  if (file === undefined) return err(faultOf('call.invalid', 'which backup?'))
  const key = await openKeyHere(context)
  if (!key.ok) return key
  const binding = context.env['GUICHET_SQLITE_BINDING']
  const now = systemClock.now()
  const restored = restoreBackup(
    file,
    {
      file: registerFile(context.dataDir),
      key: key.value,
      now: now.toISOString(),
      ...(binding === undefined ? {} : { binding }),
    },
    now,
  )
  if (!restored.ok) return restored
  const register = await openRegister(context)
  if (!register.ok) return register
  const quarantine = register.value.store.readOnlyReason()
  register.value.close()
  const { links, setAside, filesBack, filesMissing } = restored.value
  return ok({
    json: { ...restored.value, quarantine },
    text: [
      `restored: ${String(links)} links of the journal, ${String(filesBack)} files brought back`,
      ...(filesMissing === 0 ? [] : [`${String(filesMissing)} files are whole neither here nor beside the backup`]),
      ...(setAside === undefined ? [] : [`set aside: ${setAside}`]),
      quarantine === undefined
        ? 'nothing newer is known: the counter may go on'
        : 'older than what was written here: it is read only until a supervisor opens a new series in the window, or the newer register is back',
    ].join('\n'),
  })
}
