import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { isAbsolute } from 'node:path'
import { pluginList, type PluginEntry } from '#shared/ports/nationalCard.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'

/** Reads the list of plug-ins that an administrator wrote. Fault: file.unreadable, naming the file. */
export async function loadPlugins(file: string): Promise<Result<readonly PluginEntry[]>> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  try {
    const parsed = pluginList.safeParse(JSON.parse(text ?? ''))
    return parsed.success ? ok(parsed.data.plugins) : err(faultOf('file.unreadable', file))
  } catch {
    return err(faultOf('file.unreadable', file))
  }
}

/**
 * Whether the file is the one that was examined. Asked before every start; the folder must be writable by
 * administrators alone, since
 * the system reads the file once more when it starts it. Fault: card.pluginRefused, with the name of the plug-in.
 */
export async function checkPlugin({ name, file, sha256 }: PluginEntry): Promise<Result<void>> {
  const refused = err(faultOf('card.pluginRefused', name, { plugin: name }))
  if (!isAbsolute(file)) return refused
  const state = await stat(file).catch(() => undefined)
  const writableByAll = process.platform !== 'win32' && ((state?.mode ?? 0) & 0o002) !== 0
  if (state?.isFile() !== true || writableByAll) return refused
  const bytes = await readFile(file).catch(() => undefined)
  return bytes !== undefined && createHash('sha256').update(bytes).digest('hex') === sha256 ? ok(undefined) : refused
}
