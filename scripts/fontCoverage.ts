/** Writes `resources/fonts/coverage.json`, the letters that our papers can show; run it after a font was changed. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { rangesOf } from '#shared/domain/papers/glyphs.ts'
import { openFonts } from '#electron/press/engine/fonts.ts'

const resources = join(import.meta.dirname, '..', 'resources')
const ranges = rangesOf(openFonts(resources).letters())
writeFileSync(join(resources, 'fonts', 'coverage.json'), `${JSON.stringify(ranges)}\n`)
