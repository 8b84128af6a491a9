import type { calls } from '#shared/contract/features/mail/calls.ts'
import { faultOf } from '#shared/fault.ts'
import type { PaperId } from '#shared/ids.ts'
import { err, ok } from '#shared/result.ts'
import { addReceived } from '../../core/addFile.ts'
import type { Feature } from '../../core/feature.ts'
import { listLimit } from '../../core/handlerContext.ts'
import { readyDigitalItems } from '../../core/rows/digitalItems.ts'
import { findMailClosing } from '../../core/rows/mailClosings.ts'
import { bytesOfFile } from '../../files/rows/files.ts'
import { acknowledge, knownPosted } from './acknowledge.ts'
import { addScan } from './addScan.ts'
import { archiveCalls } from './archive/archiveCalls.ts'
import { cancelLetter, routeLetter, takeBackLetter } from './changeLetter.ts'
import { closeMail } from './closeMail.ts'
import { findSenders, enterSender } from './senders.ts'
import { exportLetters } from './exportLetters.ts'
import { dropReference, giveReference, knownReference, openReferences } from './giveReference.ts'
import { handOver, receiveBack } from './handOver.ts'
import { importRegister, undoImport } from './importRegister.ts'
import { fillModelOf, listModels } from './models.ts'
import { closingsFor, mailOverviewOf, mailSettingsOf, todayOf } from './overview.ts'
import { readScans } from './readScans.ts'
import { registerLetter } from './registerLetter.ts'
import { folderPdf } from './folder.ts'
import { postList } from './postList.ts'
import { remind } from './remind.ts'
import { basketsOfServices } from './rows/baskets.ts'
import { listSlips } from './rows/events.ts'
import { filesOf, lineOf } from './rows/letters.ts'
import { likeLetters } from './rows/likeLetters.ts'
import { statisticsOf } from './rows/statistics.ts'
import { searchLetters } from './rows/searchLetters.ts'
import { keepSearches } from './savedSearches.ts'
import { stackCalls } from './stackCalls.ts'
import { clearanceOfPerson, recordLetters, showLetter, visibleLetter } from './seeLetter.ts'

/** The mail office: registers of arrivals, departures and internal mail. */
export const mail: Feature<typeof calls> = {
  calls: ({ parts, context, spool, issuing, press }) => ({
    ...stackCalls({ context, press, parts }),
    ...archiveCalls({ context, issuing, spool }),
    'mail.addFile': ({ bytes }, { who }) => addReceived(context, who, bytes),
    'mail.readFiles': async ({ seconds }, { signal }) => {
      const read = await readScans(context, press, {
        signal: AbortSignal.any([signal, AbortSignal.timeout(seconds * 1_000)]),
        tries: new Map(),
      })
      // What is left of it when the time is over is read another time.
      return read.ok || (read.fault.code === 'call.cancelled' && !signal.aborted) ? ok({}) : read
    },
    'mail.settings': (_, { who }) => ok(mailSettingsOf(context, who)),
    'mail.overview': ({ day }, { who }) => ok(mailOverviewOf(context, who, day)),
    'mail.baskets': (_, { who }) =>
      ok({ services: [...basketsOfServices(context.store.db, todayOf(context), clearanceOfPerson(context, who))] }),
    'mail.folderPdf': async (_, { who }) => folderPdf(await issuing(), press, who),
    'mail.postList': async ({ day }, { who }) => postList(await issuing(), press, who, day),
    'mail.remind': async (order, { who }) => remind(await issuing(), who, order),
    'mail.register': (order, { who }) => registerLetter(context, who, order),
    'mail.giveReference': (order, { who }) => giveReference(context, who, order),
    'mail.dropReference': (order, { who }) => dropReference(context, who, order),
    'mail.references': (_, { who }) => ok({ references: [...openReferences(context, who, todayOf(context))] }),
    'mail.models': () => ok({ models: listModels(parts) }),
    'mail.fillModel': (order, { who }) => fillModelOf({ context, parts, press }, who, order),
    'mail.reference': ({ text }, { who }) => ok(knownReference(context, who, text)),
    'mail.digital': ({ limit }, { who }) => {
      const items = readyDigitalItems(context.store.db, clearanceOfPerson(context, who), limit)
      const recorded = recordLetters(context, who, items)
      return recorded.ok ? ok({ items: items.map(({ office: _, ...item }) => item) }) : recorded
    },
    'mail.like': ({ letter, files }, { who }) => {
      const level = clearanceOfPerson(context, who)
      const rows = likeLetters(context.store.db, { letter, files, level, limit: 5 })
      const recorded = recordLetters(context, who, rows)
      return recorded.ok ? ok({ lines: rows.map(lineOf) }) : recorded
    },
    'mail.search': (question, { who }) => {
      const seen = { level: clearanceOfPerson(context, who), today: todayOf(context) }
      const { total, rows, old } = searchLetters(context.store.db, question, seen)
      const recorded = recordLetters(context, who, [...rows, ...old.map(({ number }) => ({ id: number }))])
      return recorded.ok ? ok({ total, lines: rows.map(lineOf), old: [...old] }) : recorded
    },
    'mail.keepSearches': ({ searches }, { who }) => keepSearches(context, who, searches),
    'mail.export': (order, { who }) => exportLetters(context, who, order),
    'mail.statistics': ({ from, to }, { who }) =>
      ok(statisticsOf(context.store.db, { from, to, today: todayOf(context), level: clearanceOfPerson(context, who) })),
    'mail.show': ({ number }, { who }) => showLetter(context, who, number),
    'mail.file': ({ number, sha256 }, { who }) => {
      const found = visibleLetter(context, who, number)
      if (!found.ok) return found
      const file = filesOf(context.store.db, found.value.id).find((one) => one.sha256 === sha256)
      if (file === undefined) return err(faultOf('attachment.unknown'))
      const shown = showLetter(context, who, number)
      if (!shown.ok) return shown
      const bytes = bytesOfFile(context.store.db, context.store.files, sha256)
      // A plain copy: what SQLite hands out is a Buffer, which the wire would carry with all that lies around it.
      return bytes.ok ? ok({ bytes: new Uint8Array(bytes.value), name: file.name, mime: file.mime }) : bytes
    },
    'mail.cancel': (order, { who }) => cancelLetter(context, who, order),
    'mail.route': (order, { who }) => routeLetter(context, who, order),
    'mail.addScan': (order, { who }) => addScan(context, who, order),
    'mail.posted': ({ code }, { who }) => ok(knownPosted(context, who, code)),
    'mail.acknowledge': (order, { who }) => acknowledge(context, who, order),
    'mail.handOver': async (order, { who }) => handOver(await issuing(), who, order),
    'mail.slipReceived': (order, { who }) => receiveBack(context, who, order),
    'mail.takeBack': (order, { who }) => takeBackLetter(context, who, order),
    'mail.import': (order, { who }) => importRegister(context, who, order),
    'mail.undoImport': (_, { who }) => undoImport(context, who),
    'mail.slips': ({ open }, { who }) => {
      const seen = { open, level: clearanceOfPerson(context, who), limit: listLimit }
      return ok({ slips: [...listSlips(context.store.db, seen)] })
    },
    'mail.senders': (question, { who }) => {
      const senders = findSenders(context, who, question)
      return senders.ok ? ok({ senders: senders.value }) : senders
    },
    'mail.addSender': (body) => enterSender(context, body),
    'mail.close': async ({ commandId, day, year }, { who }) => {
      const period = day ?? (year === undefined ? undefined : String(year))
      if (period === undefined || (day !== undefined && year !== undefined))
        return err(faultOf('call.invalid', 'a day or a year'))
      return closeMail(await issuing(), who, { commandId, period })
    },
    'mail.closings': (_, { who }) => ok({ closings: closingsFor(context, who) }),
    'mail.closingPdf': async ({ closingId }) => {
      if (findMailClosing(context.store.db, { id: closingId }) === undefined) return err(faultOf('day.notClosed'))
      const pdf = await spool.pdf(closingId as PaperId) // the id of a closing is that of its paper
      return pdf.ok ? ok({ pdf: new Uint8Array(pdf.value.bytes), sha256: pdf.value.sha256 }) : pdf
    },
  }),
  // Nobody waits for it, and a morning's letters are entered first.
  background: ({ context, press, background }) => {
    const tries = new Map<string, number>()
    const often = { first: 20_000, every: 20_000 }
    background.start('mailScans', ({ signal }) => readScans(context, press, { signal, tries }), often)
  },
}
