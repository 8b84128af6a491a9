import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import type { LetterDraft } from '#shared/domain/mail/letter.ts'
import { textsOfModel } from '#shared/domain/mail/modelFields.ts'
import { referenceCode } from '#shared/domain/mail/ownReference.ts'
import { faultOf } from '#shared/fault.ts'
import type { MailPress } from '#shared/ports/mailPress.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { readOffice, type Context, type SignedIn } from '../../core/context.ts'
import type { WorkerOptions } from '../../core/workerOptions.ts'
import { purposeWithBasis, recordAccess } from '../../core/recordAccess.ts'
import { todayOf } from './overview.ts'
import { findReference } from './rows/references.ts'
import { visibleLetter } from './seeLetter.ts'

type Folders = Pick<WorkerOptions, 'dataDir' | 'resourcesDir'>
/** Of one model as a file: a letterhead with its pictures. */
const mostBytes = 10 * 1024 * 1024
const mostModels = 100

/** Model letters by their name: those of this office, which an administrator lays in its folder, before those that come along. */
const modelsIn = ({ dataDir, resourcesDir }: Folders): ReadonlyMap<string, string> => {
  const found = new Map<string, string>()
  for (const folder of [dataDir, resourcesDir].map((one) => join(one, 'models'))) {
    if (!existsSync(folder)) continue
    for (const file of readdirSync(folder).toSorted()) {
      const [name, path] = [basename(file, extname(file)), join(folder, file)]
      // What a word processor lays beside a file that is open begins so.
      const isModel = /^\.(?:docx|pdf)$/iu.test(extname(file)) && !file.startsWith('~') && name.length <= 120
      if (isModel && !found.has(name) && found.size < mostModels && lstatSync(path).isFile()) found.set(name, path)
    }
  }
  return found
}

/** The names of the models of this counter. */
export const listModels = (folders: Folders): string[] => [...modelsIn(folders).keys()]

/**
 * A model letter that says what is known of a letter that is being written, with the code of its reference once it has
 * one; that it left is in the access log. Faults: model.unknown, letter.unknown (what it answers), those of `fillModel`
 * and of `Tx`.
 */
export async function fillModelOf(
  { context, parts, press }: { readonly context: Context; readonly parts: Folders; readonly press: MailPress },
  who: SignedIn,
  { model, letter }: { readonly model: string; readonly letter: LetterDraft },
): Promise<Result<{ bytes: Uint8Array<ArrayBuffer>; name: string }>> {
  const path = modelsIn(parts).get(model)
  if (path === undefined) return err(faultOf('model.unknown'))
  if (lstatSync(path).size > mostBytes) return err(faultOf('model.unreadable'))
  const answered = letter.inReplyTo === undefined ? undefined : visibleLetter(context, who, letter.inReplyTo)
  if (answered?.ok === false) return answered
  const office = readOffice(context.store)
  const { reference = '' } = letter
  // Only what was given here is known again when it comes back.
  const code =
    findReference(context.store.db, reference) === undefined ? undefined : referenceCode(office.code, reference)
  const texts = textsOfModel(office, letter, todayOf(context))
  const filled = await press.fillModel({ model: readFileSync(path), texts, ...(code === undefined ? {} : { code }) })
  if (!filled.ok) return filled
  const subject = answered?.value.id ?? 'mail'
  const recorded = recordAccess(context, {
    actor: who.code,
    means: 'copy',
    purpose: purposeWithBasis(context, 'mail'),
    subject,
  })
  if (!recorded.ok) return recorded
  const stem = reference === '' ? model : reference
  return ok({
    bytes: new Uint8Array(filled.value),
    name: `${stem.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')}${extname(path).toLowerCase()}`,
  })
}
