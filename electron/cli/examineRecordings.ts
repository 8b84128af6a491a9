import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { MachineSettings } from '#shared/domain/machineSettings.ts'
import { fine, warning, type Finding } from './finding.ts'

/** As many missing recordings as one line can name. */
const named = 8

/**
 * The office's own recordings of the wall, a finding for each language that has a folder: a call that needs one that is
 * missing is not said in that language.
 * @param resourcesDir where the texts of what is recorded are
 */
export function examineRecordings({ recordings }: MachineSettings, resourcesDir: string): readonly Finding[] {
  // That the folder itself is not there is told with the other settings.
  if (recordings === undefined || !existsSync(recordings)) return []
  const own = ['ar', 'fr'].filter((language) => existsSync(join(recordings, language)))
  if (own.length === 0)
    return [
      warning(
        'recordings',
        `${recordings}: neither ar nor fr`,
        'Put a folder for each language that was recorded there.',
      ),
    ]
  return own.map((language) => {
    const texts = JSON.parse(readFileSync(join(resourcesDir, `recordings/${language}.json`), 'utf8')) as object
    const there = new Set(
      readdirSync(join(recordings, language)).map((file) => file.replace(/\.(?:ogg|wav|mp3)$/u, '')),
    )
    const missing = Object.keys(texts).filter((name) => !there.has(name))
    const more = missing.length > named ? ` and ${String(missing.length - named)} more` : ''
    return missing.length === 0
      ? fine('recordings', `${language}: all there`)
      : warning(
          'recordings',
          `${language}: without ${missing.slice(0, named).join(', ')}${more}`,
          'The wall says no call in this language that needs one of them: record it (recordings/README.md in the resources).',
        )
  })
}
