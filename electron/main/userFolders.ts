import { isAbsolute } from 'node:path'

const folders = ['XDG_CONFIG_HOME', 'XDG_CACHE_HOME', 'XDG_DATA_HOME', 'XDG_STATE_HOME', 'XDG_RUNTIME_DIR'] as const

/**
 * Takes out of the environment what names no folder: an empty or relative one is none (XDG Base Directory
 * Specification), but Chromium takes a relative one, and each start from another folder would be another register.
 */
export function forgetRelativeFolders(env: NodeJS.ProcessEnv): void {
  for (const name of folders) if (!isAbsolute(env[name] ?? '')) Reflect.deleteProperty(env, name)
}
