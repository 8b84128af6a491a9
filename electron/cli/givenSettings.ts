import { machineSettings, type MachineSettings } from '#shared/domain/machineSettings.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'

/**
 * The settings with what `--set NAME=VALUE` says in each, not yet checked; `NAME=` takes one out. Spaces around a value
 * are not part of it: an installer of Windows writes one behind a folder that ends with a backslash
 * (scripts/package/windows/content.ts). Fault: call.invalid, also for a password, which every account of the machine
 * could read while the command runs.
 */
export function withGiven(
  settings: MachineSettings,
  given: readonly string[],
): Result<Readonly<Record<string, unknown>>> {
  const all = new Map<string, unknown>(Object.entries(settings))
  for (const one of given) {
    const at = one.indexOf('=')
    if (at < 1) return err(faultOf('call.invalid', '--set NAME=VALUE'))
    const [name, text] = [one.slice(0, at), one.slice(at + 1).trim()]
    if (URL.canParse(text) && new URL(text).password !== '')
      return err(faultOf('call.invalid', `${name}: a password stands in a settings file, not on a command line`))
    if (text === '') all.delete(name)
    else all.set(name, valueOf(name, text))
  }
  return ok(Object.fromEntries(all))
}

/** A value as it stands in the file; what is no switch and no figure stays the text that it is, and is named as wrong. */
const valueOf = (name: string, text: string): unknown => {
  const kind = new Map<string, string>(Object.entries(machineSettings)).get(name)
  if (kind === 'switch' && /^(?:true|false)$/u.test(text)) return text === 'true'
  return kind === 'percent' && /^\d+$/u.test(text) ? Number(text) : text
}
