import { join } from 'node:path'
import { z } from 'zod'
import { calls } from '#shared/contract/calls.ts'
import { procedure, type Procedure } from '#shared/domain/request/procedure.ts'
import { ok } from '#shared/result.ts'
import { saveProcedure } from '#electron/worker/core/rows/procedures.ts'
import { registerFile } from '#electron/worker/keys/openKey.ts'
import { parsed } from '#electron/worker/store/json.ts'
import { openStore } from '#electron/worker/store/open.ts'
import { temporaryFolder, testKey, valueOf } from '#tests/builders/register.ts'
import { devicesWith, paperTrail, sheetsOf, signedIn, startWorker } from '#tests/builders/worker.ts'
import { against, timed, type Figure } from './measure.ts'

const count = 3_000
const acts = [
  'Certificat',
  'Permis',
  'Autorisation',
  'Attestation',
  'Extrait',
  'Déclaration',
  'Licence',
  'Copie conforme',
]
const actsInArabic = ['شهادة', 'رخصة', 'إذن', 'إشهاد', 'نسخة موجزة', 'تصريح', 'ترخيص', 'نسخة مطابقة']
const objects = [
  'résidence',
  'construire',
  'exploitation',
  'naissance',
  'propriété',
  'transport',
  'clôture',
  'lotissement',
]
const objectsInArabic = ['الإقامة', 'البناء', 'الاستغلال', 'الولادة', 'الملكية', 'النقل', 'التسييج', 'التجزئة']
const at = (words: readonly string[], index: number): string => words[index % words.length] ?? ''

/** Sheets as long as those of the portal, 5 to 10 kB each, made of one that is real. */
const sheetNumber = (n: number, like: Procedure): Procedure => ({
  ...like,
  code: `S-${String(n).padStart(5, '0')}`,
  title: {
    fr: `${at(acts, n)} de ${at(objects, n >> 3)}, cas ${String(n)}`,
    ar: `${at(actsInArabic, n)} ${at(objectsInArabic, n >> 3)}، حالة ${String(n)}`,
  },
  pieces: Array.from({ length: 12 + (n % 14) }, (_, index) => ({
    code: `piece-${String(index)}`,
    label: {
      fr: `Pièce justificative numéro ${String(index)} du dossier`,
      ar: `الوثيقة المثبتة رقم ${String(index)} من الملف`,
    },
    form: 'original' as const,
    mandatory: true,
    condition: { fr: 'Lorsque la demande est faite par un mandataire', ar: 'إذا كان الطلب مقدما من طرف وكيل' },
  })),
})

/**
 * What a picker asks as one types, over a catalogue of 3,000 sheets, from the call to the parsed answer at the window;
 * the whole list parsed at both ends, as it was asked for before.
 */
export async function benchCatalogue(runs: number): Promise<readonly Figure[]> {
  const folder = temporaryFolder()
  const paper = devicesWith(paperTrail(join(folder.path, 'paper.txt')))
  const first = await signedIn(startWorker(folder.path, paper))
  const [like] = await sheetsOf(first)
  await first.close()
  if (like === undefined) throw new Error('no sheet')
  const file = registerFile(folder.path)
  const filled = valueOf(openStore({ file, key: testKey, now: new Date().toISOString() }))
  const took = await timed(() =>
    valueOf(
      filled.tx((db) => {
        for (let n = 0; n < count; n += 1) saveProcedure(db, sheetNumber(n, like))
        return ok(undefined)
      }),
    ),
  )
  filled.close()
  const worker = await signedIn(startWorker(folder.path, paper))
  const reader = valueOf(openStore({ file: `${file}.list`, key: testKey, now: new Date().toISOString() }))
  valueOf(
    reader.tx((db) => {
      for (let n = 0; n < count; n += 1) saveProcedure(db, sheetNumber(n, like))
      return ok(undefined)
    }),
  )
  const list = z.array(procedure)
  const whole = (): unknown =>
    list.parse(
      structuredClone(
        reader.db
          .all<{ body: string }>('SELECT body FROM procedures WHERE withdrawn = 0')
          .map(({ body }) => parsed(procedure, body)),
      ),
    )
  const kilobytes = (answer: unknown): string => `${(Buffer.byteLength(JSON.stringify(answer)) / 1_000).toFixed(1)} kB`
  try {
    const figures: Figure[] = []
    for (const words of ['', 'c', 'certificat residence', 'البناء', 'S-02999', 'introuvable']) {
      const search = async (): Promise<unknown> =>
        calls['catalogue.search'].output.parse(
          structuredClone(valueOf(await worker.ask('catalogue.search', { words, limit: 50 }))),
        )
      const [value, floor] = await against(
        runs,
        () => timed(search),
        () => timed(whole),
      )
      figures.push({
        name: `search in ${String(count)} sheets, “${words}”, ${kilobytes(await search())}`,
        value,
        floor: { name: `whole list, ${kilobytes(whole())}`, value: floor },
        unit: 'ms',
        runs,
      })
    }
    figures.push({
      name: 'a sheet of the feed kept, with its words',
      value: took / count,
      floor: { name: 'row alone', value: await rowAlone(like) },
      unit: 'ms',
      runs: count,
    })
    return figures
  } finally {
    await worker.close()
    reader.close()
    folder.remove()
  }
}

/** Milliseconds for one row of a sheet that nobody looks for, of many in one commit. */
async function rowAlone(like: Procedure): Promise<number> {
  const folder = temporaryFolder()
  const store = valueOf(
    openStore({ file: join(folder.path, 'register.db'), key: testKey, now: new Date().toISOString() }),
  )
  const took = await timed(() =>
    valueOf(
      store.tx((db) => {
        for (let n = 0; n < count; n += 1) {
          const sheet = sheetNumber(n, like)
          db.run('INSERT INTO procedures (code, version, body) VALUES (?, ?, ?)', [
            ...[sheet.code, sheet.version, JSON.stringify(sheet)],
          ])
        }
        return ok(undefined)
      }),
    ),
  )
  store.close()
  folder.remove()
  return took / count
}
