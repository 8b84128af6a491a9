import { join } from 'node:path'
import { ok, type Result } from '#shared/result.ts'
import { wrapForRecovery } from '#electron/worker/keys/recovery.ts'
import { listBackups, makeBackup, type Backup } from '#electron/worker/upkeep/backups.ts'
import { openDisk } from '#electron/worker/upkeep/disk.ts'
import { mirrorCopies } from '#electron/worker/upkeep/secondCopies.ts'
import type { CommandContext, Said } from './command.ts'
import { machineSetting } from './machineSetting.ts'
import { openRegister } from './openRegister.ts'

const line = ({ at, file, bytes }: Backup): string => `${at}  ${(bytes / 1e6).toFixed(1)} MB  ${file}`

/**
 * Copies the register now, beside it and into the machine's second folder, with its key for the office's recovery key;
 * `--list` shows the copies there are. Faults: those of `openRegister`, `makeBackup`, `wrapForRecovery` and `mirrorCopies`.
 */
export async function backUpRegister(context: CommandContext): Promise<Result<Said>> {
  const { dataDir, options } = context
  if (options['list'] === true) {
    const backups = listBackups(dataDir)
    return ok({ json: { backups }, text: backups.length === 0 ? 'no backup yet' : backups.map(line).join('\n') })
  }
  const register = await openRegister(context)
  if (!register.ok) return register
  const { store, key, counter, close } = register.value
  const made = await makeBackup(store, dataDir, new Date(), { free: openDisk(dataDir).free(), reserve: 0 })
  close()
  if (!made.ok) return made
  // A copy that outlives its machine is of use to who can open it.
  const recipient = machineSetting(context, 'recoveryKey')
  const wrapped = recipient === undefined ? undefined : await wrapForRecovery(dataDir, key, recipient)
  if (wrapped?.ok === false) return wrapped
  const backupDir = machineSetting(context, 'backupDir')
  const second = backupDir === undefined ? undefined : join(backupDir, counter)
  const brought = second === undefined ? undefined : await mirrorCopies(dataDir, second)
  if (brought?.ok === false) return brought
  return ok({
    json: { ...made.value, ...(second === undefined ? {} : { second }) },
    text: second === undefined ? line(made.value) : `${line(made.value)}\nin ${second} too`,
  })
}
