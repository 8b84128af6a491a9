import { z } from 'zod'
import type { Calls } from '#shared/contract/calls.ts'
import type { CardAccess } from '#shared/contract/cardEvents.ts'
import type { Payload } from '#shared/contract/events.ts'
import type { AppState, IdentityView, SyncView } from '#shared/contract/views.ts'
import type { Handlers } from '#shared/contract/wire.ts'
import { demoAccounts } from '#shared/domain/demo.ts'
import { allows } from '#shared/domain/roles.ts'
import { faultOf, type Fault } from '#shared/fault.ts'
import type { IdentityId } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { accountHandlers } from './accountHandlers.ts'
import { deviceHandlers } from './deviceHandlers.ts'
import type { HighWater } from './journal/highWater.ts'
import { journalHandlers } from './journalHandlers.ts'
import type { CounterKeyPair } from './keys/counterKey.ts'
import type { Paper } from './paper/paper.ts'
import type { Outbox } from './outbox/ports.ts'
import type { WorkerParts } from './parts.ts'
import { signedIn, type Session } from './session.ts'
import { createSignHandlers } from './signHandlers.ts'
import type { Spool } from './spool/spool.ts'
import { findDraft } from './store/drafts.ts'
import { recentClosingJobs } from './store/closingJobs.ts'
import { outboxItems } from './store/outboxRows.ts'
import { recentPrintJobs } from './store/printJobs.ts'
import { currentProcedures } from './store/procedures.ts'
import { readReceipt } from './store/receipts.ts'
import { findSetting } from './store/settings.ts'
import { printerSetting } from './store/spoolStore.ts'
import { readerForCitizen, type AgentCards } from './usecases/agentCards.ts'
import { addAttachment } from './usecases/addAttachment.ts'
import { findPerson } from './usecases/answerPerson.ts'
import { buildDeposit } from './usecases/buildDeposit.ts'
import type { Carrier } from './usecases/carryActs.ts'
import { checkSeal } from './usecases/checkSeal.ts'
import { choosePrinter } from './usecases/choosePrinter.ts'
import type { CitizenDesk } from './usecases/citizen.ts'
import { readOffice, screenZone, type Context } from './usecases/context.ts'
import { correctRequest } from './usecases/correctRequest.ts'
import { decideTogether } from './usecases/decideTogether.ts'
import { earlierDeposits, findDeposit } from './usecases/findDeposits.ts'
import { issueReceipt, type Issuing } from './usecases/issueReceipt.ts'
import { discardDraft, keepDraft } from './usecases/keepDraft.ts'
import { answerErasure, handOut } from './usecases/handOut.ts'
import { deskPurposes, grounded, recordAccess } from './usecases/recordAccess.ts'
import { renewSeries } from './usecases/renewSeries.ts'
import { reprintReceipt } from './usecases/reprintReceipt.ts'
import { resolvePrint } from './usecases/resolvePrint.ts'
import { findCorrection, listCorrections, listRepaired } from './usecases/viewCorrection.ts'
import { listAccesses, listPersonalRequests } from './usecases/viewPersonalData.ts'
import { viewRetention } from './usecases/wipeExpired.ts'
import { viewDay } from './usecases/viewDay.ts'
import { viewReference } from './usecases/viewReference.ts'

/** What the calls of the contract are answered from; joined in `compose.ts`. */
export interface Answering {
  readonly parts: Pick<WorkerParts, 'dataDir' | 'devices' | 'versions' | 'training' | 'demo' | 'keystoreName' | 'platformUrl' | 'chooseFile'>
  readonly context: Context
  readonly session: Session
  readonly desk: CitizenDesk
  readonly agentCards: AgentCards
  readonly issuing: () => Promise<Issuing>
  readonly paper: () => Promise<Pick<Paper, 'statement' | 'journal'>>
  readonly key: CounterKeyPair
  readonly walked: (progress: Payload<'journal'>) => void
  readonly spool: Spool
  readonly outbox: Outbox
  readonly highWater: HighWater
  readonly carrier: Carrier
  readonly syncView: () => SyncView
  /** The program as a whole changed: it went into quarantine or out of it. */
  readonly appChanged: (state: AppState) => void
  /** An act was committed: paper and platform have work. */
  readonly committed: () => void
  readonly printChanged: (view: Payload<'print'>) => void
}

/** Lists on screens end here; older lines are found by searching. */
const listLimit = 500
const repairedLimit = 100

/** Every call of the contract, without its access: `guarded` adds it. */
export function createHandlers(answering: Answering): Handlers<Calls> {
  const { parts, context, session, desk } = answering
  return {
    'app.state': () => ok(appState(answering)),
    'register.unlock': () => ok({}),
    // Only a register that could not be opened is rescued: before this one there was the gate.
    'register.rescue': () => err(faultOf('session.forbidden')),
    ...accountHandlers(answering, () => { void readCard(answering, {}, AbortSignal.timeout(30_000)) }),
    'home.day': () => ok(viewDay(context, signedIn(session))),

    'card.state': () => ok({ card: desk.card(), ...citizenOf(desk) }),
    'card.read': (input, signal) => readCard(answering, input, signal),
    ...createSignHandlers({ parts, context, desk, who: () => signedIn(session) }),
    'training.insertCard': async ({ card }) => emptied(await (parts.devices.training?.insertCard(card) ?? err(faultOf('training.off')))),
    'training.removeCard': async () => emptied(await (parts.devices.training?.removeCard() ?? err(faultOf('training.off')))),
    'training.agentCard': async ({ inserted }) => {
      const { training } = parts.devices
      return training === undefined ? err(faultOf('training.off')) : emptied(await (inserted ? training.insertCard('agent') : training.removeCard('agent')))
    },
    'identity.type': (input) => desk.type(input),
    'identity.purpose': ({ purpose }) => {
      const offered = deskPurposes(context)
      const wanted = offered.find((one) => one.purpose === purpose)
      if (purpose !== undefined && wanted === undefined) return err(faultOf('request.invalid', 'purpose: not of this office'))
      const chosen = wanted === undefined ? ok(undefined) : desk.choose(wanted)
      return chosen.ok ? ok({ chosen: desk.purpose(), offered: [...offered] }) : chosen
    },
    'citizen.deposits': ({ identityId }) => earlierDeposits(context, signedIn(session), held(desk, identityId)),
    'deposit.find': ({ number }) => findDeposit(context, signedIn(session), number),
    'identity.release': ({ identityId }) => {
      desk.dismiss(identityId)
      return ok({})
    },

    'catalogue.list': () => ok({ procedures: [...currentProcedures(context.store.db)] }),

    'draft.load': () => {
      const draft = findDraft(context.store.db, signedIn(session).view.login)
      return ok(draft === undefined ? {} : { draft })
    },
    'draft.save': ({ draft }) => {
      desk.touch()
      return keepDraft(context, signedIn(session), draft)
    },
    'draft.discard': () => discardDraft(context, signedIn(session)),

    'attachment.add': ({ bytes }) => addAttachment(context, signedIn(session), bytes),
    'attachment.scan': async (_, signal) => {
      const who = signedIn(session)
      const page = await parts.devices.scanner.scan({ signal })
      return page.ok ? addAttachment(context, who, page.value.bytes) : page
    },

    'receipt.preview': ({ identityId, draft }) => {
      const citizen = held(desk, identityId)
      if (citizen === undefined) return err(faultOf('identity.gone'))
      desk.touch()
      const at = context.clock.now().toISOString()
      return buildDeposit(context, { citizen, draft, who: signedIn(session), training: parts.training }, at)
    },
    'receipt.issue': async ({ commandId, identityId, draft, signed }) => {
      const order = {
        commandId, citizen: held(desk, identityId), draft, who: signedIn(session), training: parts.training,
        signed: signed === undefined ? undefined : { statement: signed, signature: desk.signature() },
      }
      const issued = issueReceipt(await answering.issuing(), order)
      if (issued.ok) {
        desk.served(identityId)
        answering.committed()
      }
      return issued
    },
    'receipt.pdf': async ({ receiptId }) => {
      const { code, view } = signedIn(session)
      const pdf = await answering.spool.pdf(receiptId)
      if (!pdf.ok) return pdf
      const purpose = grounded(context, allows(view.roles, 'serveCitizens') ? 'verification' : 'audit')
      const recorded = recordAccess(context, { actor: code, means: 'receipt', subject: receiptId, purpose })
      if (!recorded.ok) return recorded
      const receipt = readReceipt(context.store.db, receiptId)
      // A plain copy: what SQLite hands out is a Buffer, which the wire would carry with all that lies around it.
      return receipt.ok ? ok({ pdf: new Uint8Array(pdf.value.bytes), sha256: pdf.value.sha256, seal: receipt.value.seal }) : receipt
    },
    'receipt.check': ({ seal }) => checkSeal(context, signedIn(session), seal),
    'receipt.reprint': (input) => {
      const queued = reprintReceipt(context, signedIn(session), input)
      if (queued.ok) {
        answering.printChanged(queued.value)
        answering.committed()
      }
      return queued
    },

    'print.list': () => ok({ jobs: [...recentClosingJobs(context.store.db, 50), ...recentPrintJobs(context.store.db, listLimit)].sort((one, other) => (one.queuedAt < other.queuedAt ? 1 : -1)) }),
    'print.resolve': (input) => {
      const resolved = resolvePrint(context, signedIn(session), input)
      if (resolved.ok) answering.printChanged(resolved.value)
      return resolved
    },
    'printer.list': async () => {
      const printers = await parts.devices.printer.list()
      if (!printers.ok) return printers
      const chosen = findSetting(context.store.db, printerSetting, z.string())
      return ok({ printers: [...printers.value], ...(chosen === undefined ? {} : { chosen }) })
    },
    'printer.choose': async ({ printer }) => {
      const chosen = await choosePrinter(context, signedIn(session), parts.devices.printer, printer)
      if (chosen.ok) answering.committed()
      return chosen
    },

    ...deviceHandlers(answering),

    'outbox.list': () => ok({ items: [...outboxItems(context.store.db, listLimit)] }),
    'outbox.drain': async () => {
      const { fault } = await answering.outbox.drain()
      return fault === undefined ? ok(answering.syncView()) : err(fault)
    },
    'outbox.export': async () => {
      const sealed = await answering.carrier.export(signedIn(session))
      if (!sealed.ok) return sealed
      const { name, bytes, acts, files } = sealed.value
      return afterAct(answering, ok({ name, bytes: new Uint8Array(bytes), acts, files }))
    },
    'outbox.importAnswers': async ({ bytes }) => afterAct(answering, await answering.carrier.take(signedIn(session), bytes)),
    'sync.status': () => ok(answering.syncView()),
    'reference.status': () => ok(viewReference(context.store.db)),

    'series.renew': async (input) => {
      const renewed = await renewSeries(context, signedIn(session), input, answering)
      if (renewed.ok) answering.appChanged(appState(answering))
      return afterAct(answering, renewed)
    },

    ...journalHandlers(answering),

    'correction.list': () => ok({ corrections: [...listCorrections(context.store.db, listLimit)], repaired: [...listRepaired(context.store.db, repairedLimit)] }),
    'correction.find': ({ number }) => {
      const found = findCorrection(context.store.db, number)
      return found === undefined ? err(faultOf('act.unknown')) : ok(found)
    },
    'correction.correct': async (input) => afterAct(answering, correctRequest(await answering.issuing(), signedIn(session), input)),
    'correction.cancel': async (input) => afterAct(answering, await decideTogether(context, signedIn(session), 'cancelled', input)),
    'correction.override': async (input) => afterAct(answering, await decideTogether(context, signedIn(session), 'overridden', input)),

    'personalData.retention': () => ok(viewRetention(context, parts.dataDir)),
    'personalData.accesses': (asked) => ok(listAccesses(context, asked)),
    'personalData.requests': () => ok({ requests: [...listPersonalRequests(context, listLimit)] }),
    'personalData.find': (sought) => findPerson(context, signedIn(session), sought),
    'personalData.export': async (asked) => afterAct(answering, await handOut(context, signedIn(session), asked, answering.paper)),
    'personalData.erase': async (asked) => afterAct(answering, await answerErasure(context, signedIn(session), asked, answering.paper)),
  }
}

/** An act that was committed sets paper and platform to work. */
const afterAct = <T>(answering: Answering, done: Result<T>): Result<T> => {
  if (done.ok) answering.committed()
  return done
}

const citizenOf = (desk: CitizenDesk): { citizen?: IdentityView } => {
  const citizen = desk.citizen()
  return citizen === undefined ? {} : { citizen }
}

const held = (desk: CitizenDesk, id: IdentityId): IdentityView | undefined => {
  const citizen = desk.citizen()
  return citizen?.identityId === id ? citizen : undefined
}

const emptied = (result: Result<unknown>): Result<Record<string, never>> => (result.ok ? ok({}) : result)

const readCard = async ({ parts, desk, agentCards }: Answering, { reader, access }: { reader?: string | undefined; access?: CardAccess | undefined }, signal: AbortSignal): Promise<Result<Record<string, never>>> => {
  const chosen = await readerForCitizen(agentCards, parts.devices.cards, reader)
  if (!chosen.ok) return chosen
  const read = await parts.devices.cards.read({ signal, ...(chosen.value === undefined ? {} : { reader: chosen.value }), ...(access === undefined ? {} : { access }) })
  if (!read.ok) return read
  const heard = agentCards.sift({ state: 'done', reader: read.value.reader, reading: read.value })
  if (heard !== undefined) desk.receive(heard)
  return ok({})
}

const quarantined = ({ store }: Context): { quarantine?: Fault } => {
  const quarantine = store.barred()
  return quarantine === undefined ? {} : { quarantine }
}

/** The state of a register at work. */
export const appState = ({ parts, context }: Pick<Answering, 'parts' | 'context'>, office = readOffice(context.store)): AppState => ({
  phase: 'ready',
  version: parts.versions.app,
  runtime: { electron: parts.versions.electron, standIn: parts.versions.standIn },
  training: parts.training,
  ...quarantined(context),
  counter: context.counter,
  office: office.name,
  zone: screenZone(office, context.clock.now()),
  demoLogins: parts.demo ? demoAccounts.map((account) => ({ ...account })) : [],
})
