import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '')
export const cacheDir = join(root, '.cache')
export const runtimeFile = join(cacheDir, 'runtime.json')
