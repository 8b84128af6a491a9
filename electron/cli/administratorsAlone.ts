import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'

/** Administrators, the system and the machine's accounts, by numbers that are the same in every language of Windows. */
const [administrators, system, users] = ['*S-1-5-32-544', '*S-1-5-18', '*S-1-5-32-545']

/**
 * Gives a folder of Windows to administrators alone, before anything is written into it: below `%ProgramData%` every
 * account may make files, and whoever made the folder may do what he likes in it. Others read. Fault: file.unwritable.
 */
export function administratorsAlone(
  folder: string,
  { SystemRoot = String.raw`C:\Windows` }: Readonly<Record<string, string | undefined>> = process.env,
): Result<void> {
  const icacls = join(SystemRoot, 'System32', 'icacls.exe')
  const all = (who: string): string => `${who}:(OI)(CI)F`
  for (const rights of [
    ['/setowner', administrators],
    ['/inheritance:r', '/grant:r', all(administrators), all(system), `${users}:(OI)(CI)RX`],
  ])
    if (spawnSync(icacls, [folder, ...rights], { stdio: 'ignore', windowsHide: true }).status !== 0)
      return err(faultOf('file.unwritable', `${folder}: it is not given to administrators alone; run it as one`))
  return ok(undefined)
}
