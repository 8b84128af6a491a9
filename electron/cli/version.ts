import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { programRoot } from './programRoot.ts'

/** The version of this program. */
export const version = (): string =>
  z.object({ version: z.string() }).parse(JSON.parse(readFileSync(join(programRoot, 'package.json'), 'utf8'))).version
