import { createHash, randomInt } from 'node:crypto'
import type { calls } from '#shared/contract/features/mail/calls.ts'
import { utcOffsetMinutes } from '#shared/domain/clock/officeTime.ts'
import { separator, separatorSerials } from '#shared/domain/mail/separator.ts'
import type { StackDocument } from '#shared/domain/mail/stackRules.ts'
import { faultOf } from '#shared/fault.ts'
import type { Sha256 } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { takeLabels } from '../../acts/takeLabels.ts'
import { addReceived } from '../../core/addFile.ts'
import type { Answers } from '../../core/caller.ts'
import { readOffice, type SignedIn } from '../../core/context.ts'
import { recordAccess } from '../../core/recordAccess.ts'
import type { HandlerContext } from '../../core/handlerContext.ts'
import { findAttachment } from '../../files/rows/attachments.ts'
import { bytesOfFile } from '../../files/rows/files.ts'
import { filesOf } from './rows/letters.ts'
import { asMail, showLetter, visibleLetter } from './seeLetter.ts'

type StackCalls = Pick<
  typeof calls,
  | 'mail.split'
  | 'mail.scanStack'
  | 'mail.cut'
  | 'mail.picture'
  | 'mail.table'
  | 'mail.propose'
  | 'mail.fileAdded'
  | 'mail.stamp'
  | 'mail.separators'
  | 'mail.labels'
>

/** Pages of one letter that are read for its proposals: the first says what is to be registered. */
const pagesRead = 2

/** Stacks of paper: split, looked at, proposed, stamped; and the sheets that are printed for them. */
export function stackCalls({
  context,
  press,
  parts,
}: Pick<HandlerContext, 'context' | 'press' | 'parts'>): Answers<StackCalls> {
  const { store } = context
  const office = () => readOffice(store)
  /** A file that was added, for whoever looks into it: what it says of somebody is in no list yet. */
  const added = (who: SignedIn, sha256: Sha256): Result<Uint8Array> => {
    if (findAttachment(store.db, sha256) === undefined) return err(faultOf('attachment.unknown'))
    const recorded = recordAccess(context, { ...asMail(context), actor: who.code, subject: sha256 })
    return recorded.ok ? bytesOfFile(store.db, store.files, sha256) : recorded
  }
  return {
    'mail.split': async ({ bytes }, { who, signal }) => {
      const split = await press.split(bytes, office().code, signal)
      if (!split.ok) return split
      const documents: (StackDocument & { sha256: Sha256 })[] = []
      for (const document of split.value.documents) {
        const cut = await press.cut(bytes, document.pages)
        if (!cut.ok) return cut
        const kept = addReceived(context, who, cut.value)
        if (!kept.ok) return kept
        documents.push({ ...document, sha256: kept.value.sha256 })
      }
      return ok({ ...split.value, documents })
    },
    'mail.scanStack': async (_, { session, signal }) => {
      const taken = await parts.devices.scanner.scanStack({
        signal,
        onPage: (pages) => {
          session.tell('stackPages', { pages })
        },
      })
      if (!taken.ok) return taken
      const { pages, ended } = taken.value
      const bound = await press.bind(pages.map((page) => page.bytes))
      if (!bound.ok) return bound
      return ok({ pdf: new Uint8Array(bound.value), pages: pages.length, ...(ended && { ended }) })
    },
    'mail.cut': async ({ bytes, pages }, { who, signal }) => {
      const cut = await press.cut(bytes, pages)
      if (!cut.ok) return cut
      const kept = addReceived(context, who, cut.value)
      if (!kept.ok) return kept
      const looked = await press.split(cut.value, office().code, signal)
      // What is coded helps, and holds nothing up; a letter of several parts says what its first one does.
      const { label, numbers, references, posted, foreign } = (looked.ok ? looked.value.documents[0] : undefined) ?? {}
      return ok({
        sha256: kept.value.sha256,
        ...(label === undefined ? {} : { label }),
        ...(numbers === undefined ? {} : { numbers }),
        ...(references === undefined ? {} : { references }),
        ...(posted === undefined ? {} : { posted }),
        ...(foreign === undefined ? {} : { foreign }),
      })
    },
    'mail.picture': async ({ bytes, page }) => press.picture(bytes, page),
    'mail.table': async ({ bytes, page }) => {
      const read = await press.table(bytes, page)
      const sha256 = createHash('sha256').update(bytes).digest('hex') as Sha256 // a digest has this form
      return read.ok ? ok({ ...read.value, sha256 }) : read
    },
    'mail.propose': async ({ sha256, name, received }, { who, signal }) => {
      const bytes = added(who, sha256)
      if (!bytes.ok) return bytes
      const letter = { bytes: new Uint8Array(bytes.value), name, received, pages: pagesRead }
      const read = await press.propose(letter, signal)
      return read.ok ? ok({ proposals: read.value.proposals, notes: read.value.notes }) : read
    },
    'mail.fileAdded': ({ sha256 }, { who }) => {
      const bytes = added(who, sha256)
      const mime = findAttachment(store.db, sha256)?.mime ?? ''
      return bytes.ok ? ok({ bytes: new Uint8Array(bytes.value), mime }) : bytes
    },
    'mail.stamp': async ({ number, sha256 }, { who }) => {
      const found = visibleLetter(context, who, number)
      if (!found.ok) return found
      if (!filesOf(store.db, found.value.id).some((file) => file.sha256 === sha256))
        return err(faultOf('attachment.unknown'))
      const shown = showLetter(context, who, number)
      if (!shown.ok) return shown
      const bytes = bytesOfFile(store.db, store.files, sha256)
      if (!bytes.ok) return bytes
      const { zone, legalTime, name } = office()
      const at = found.value.registeredAt
      const offset = utcOffsetMinutes({ name: zone, changes: legalTime }, new Date(at))
      const printed = { fr: name.fr, ar: name.ar }
      const stamped = await press.stamp(bytes.value, { number, at, utcOffsetMinutes: offset, office: printed, page: 1 })
      if (!stamped.ok) return stamped
      const { pdf, page, corner, incremental } = stamped.value
      return ok({ pdf: new Uint8Array(pdf), page, corner, incremental })
    },
    'mail.separators': async ({ count, service, confidentiality }) => {
      const sheets = separatorSerials(count, randomInt).map((serial) =>
        separator.parse({
          serial,
          ...(service === undefined ? {} : { service }),
          ...(confidentiality === undefined ? {} : { confidentiality }),
        }),
      )
      const made = await press.separators(sheets)
      return made.ok ? ok({ pdf: new Uint8Array(made.value) }) : made
    },
    'mail.labels': async ({ count }) => {
      const taken = takeLabels(context, count)
      if (!taken.ok) return taken
      const { fr, ar } = office().name
      const made = await press.labels({ labels: [...taken.value], office: { fr, ar } })
      return made.ok ? ok({ pdf: new Uint8Array(made.value), labels: [...taken.value] }) : made
    },
  }
}
