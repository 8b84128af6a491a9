import { v7 } from 'uuid'
import type { Payload } from '#shared/contract/events.ts'
import { allows } from '#shared/domain/roles.ts'
import type { CounterId } from '#shared/ids.ts'
import { ok, type Result } from '#shared/result.ts'
import { guarded } from './access.ts'
import { appState } from './appState.ts'
import { createHandlers } from './handlers/all.ts'
import { identityOf, joinOutbox } from './joinOutbox.ts'
import { createJournal, type Journal } from './journal/journal.ts'
import { examineMarks } from './journal/examineMarks.ts'
import type { HighWater } from './journal/highWater.ts'
import { verifyTail } from './journal/verify.ts'
import { publishCounterKeys, readCounterKey } from './keys/counterKey.ts'
import { registerFile } from './keys/openKey.ts'
import type { Paper } from './paper/paper.ts'
import type { Worker, WorkerParts } from './parts.ts'
import { createSession } from './session.ts'
import type { PaperMaker } from './spool/ports.ts'
import { openSpool } from './spool/spool.ts'
import { journalBeginning, journalHead, journalTail } from './store/journalRows.ts'
import { careFor } from './store/care.ts'
import { openStore, type Store } from './store/open.ts'
import { readLimits } from './store/settings.ts'
import { readParkedAgain } from './store/outboxStore.ts'
import { createSpoolStore } from './store/spoolStore.ts'
import { createCarrier } from './usecases/carryActs.ts'
import { anchorJournal } from './usecases/anchorJournal.ts'
import { createAgentCards } from './usecases/agentCards.ts'
import { createCitizenDesk } from './usecases/citizen.ts'
import { findOffice, officeDay, readOffice, type Context } from './usecases/context.ts'
import { counterOf, createRegister } from './usecases/createRegister.ts'
import { readSeed } from './usecases/readSeed.ts'
import { recordAccess, usualAtTheDesk } from './usecases/recordAccess.ts'
import { tellTrust } from './usecases/manageTrust.ts'
import { signOut } from './usecases/signOut.ts'
import { standingOf, viewSync } from './usecases/viewSync.ts'
import { rebuildOwed, wipeExpired } from './usecases/wipeExpired.ts'

/** Links of the journal that are verified at every start; the whole chain is `guichet journal verify`. */
const tailLength = 200

/** After this long without an act, in milliseconds, the write-ahead log is emptied: what is in it is what a damaged disk can lose. */
const quietAfter = 5_000
/** Data past their term are wiped so long after the start, and then every so often, in milliseconds: the login screen comes first. */
const wipeAfter = 10_000
const wipeEvery = 24 * 60 * 60_000
/** Between two looks whether nobody is signed in and the file may be rebuilt after a wiping, in milliseconds. */
const rebuildEvery = 10 * 60_000
/** The engine of the paper is read this long after the start, in milliseconds: the login screen comes first. */
const paperAfter = 500

/**
 * Opens the register of a data folder (making it on first use) and joins it to paper, printers, platform and devices.
 * Faults: those of `openStore`; journal.broken; file.unreadable (a damaged seed, on first use).
 */
export function composeWorker(parts: WorkerParts): Result<Worker> {
  const opened = openStore({
    file: registerFile(parts.dataDir), key: parts.key, now: parts.clock.now().toISOString(),
    ...(parts.sqliteBinding === undefined ? {} : { binding: parts.sqliteBinding }),
  })
  if (!opened.ok) return opened
  const store = opened.value
  const begun = begin(store, parts)
  if (!begun.ok) {
    store.close()
    return begun
  }
  return ok(join(store, begun.value, parts))
}

interface Begun {
  readonly journal: Journal
  readonly counter: CounterId
  readonly highWater: HighWater
}

/** A new register gets its seed; an old one shows that its newest links are sound. */
const begin = (store: Store, parts: WorkerParts): Result<Begun> => {
  if (findOffice(store) === undefined) {
    const seed = readSeed(parts.resourcesDir)
    if (!seed.ok) return seed
    const journal = createJournal(parts.clock, counterOf(seed.value.office), store.db)
    const created = createRegister(store, journal, seed.value)
    if (!created.ok) return created
  }
  const counter = counterOf(readOffice(store))
  const sound = verifyTail(counter, journalTail(store.db, tailLength))
  if (!sound.ok) return sound
  const highWater = examineMarks(parts.dataDir, parts.key, store)
  if (!highWater.ok) return highWater
  const again = readParkedAgain(store, parts.versions.app)
  if (!again.ok) return again
  const published = publishCounterKeys(parts.dataDir, store.db, counter)
  return published.ok ? ok({ journal: createJournal(parts.clock, counter, store.db), counter, highWater: highWater.value }) : published
}

const join = (store: Store, { journal, counter, highWater }: Begun, parts: WorkerParts): Worker => {
  const { clock, devices, onEvent } = parts
  const agentCards = createAgentCards({
    db: store.db, key: parts.key, cards: devices.cards, counter, clock,
    onChange: () => { onEvent('agentCard', agentCards.view()) },
    onLeft: (reader) => { lockWithout(reader) },
  })
  const context: Context = { store, journal, clock, counter, newId: () => v7(), agentCards }
  const session = createSession((who, why) => { onEvent('session', { ...(who === undefined ? {} : { session: who.view }), ...(why === undefined ? {} : { locked: why }) }) })
  const desk = createCitizenDesk({
    clock, newId: context.newId, mayKeep: () => allows(session.current()?.view.roles ?? [], 'serveCitizens'),
    usual: () => usualAtTheDesk(context),
    record: (access) => recordAccess(context, { actor: session.current()?.code ?? 'counter', ...access }),
    // The window locks itself first; this holds when it cannot.
    forgottenAfter: () => (readLimits(store.db).idleMinutes + 1) * 60_000,
    onChange: () => {
      const citizen = desk.citizen()
      onEvent('card', { card: desk.card(), ...(citizen === undefined ? {} : { citizen }) })
    },
  })

  const lockWithout = (reader: string): void => {
    const who = session.current()
    if (who?.cardReader !== reader || !readLimits(store.db).cardLock) return
    signOut(context, who, 'session.locked')
    desk.release()
    session.set(undefined, 'card')
  }

  const key = readCounterKey(store.db, counter)
  const paper = paperLater(parts.resourcesDir)
  const office = readOffice(store)
  const maker: PaperMaker = {
    make: async (content) => ('receipt' in content ? (await paper()).receipt(content.receipt.facts, content.receipt.seal) : (await paper()).closing(content.closing, office)),
    duplicata: async (pdf, mark) => (await paper()).duplicata(pdf, { ...mark, zone: office.zone, utcOffsetMinutes: officeDay(office, new Date(mark.at)).utcOffsetMinutes }),
  }
  const printChanged = (view: Payload<'print'>): void => { onEvent('print', view) }
  const raiseMark = (): void => {
    const head = journalHead(store.db)
    if (head !== undefined) highWater.raise(head)
  }
  const spool = openSpool({
    store: createSpoolStore(store, journal), paper: maker, printer: devices.printer, clock,
    onChange: (view) => {
      // A copy from before a paper left is old, even when it holds every act: it would print that paper again.
      raiseMark()
      printChanged(view)
    },
  })

  const care = careFor(store, parts.dataDir, clock)
  const createdAt = journalBeginning(store.db) ?? clock.now().toISOString()
  const syncView = (): Payload<'sync'> => viewSync(outbox.status(), standingOf({ store, clock, care, createdAt, who: session.current() }))
  let barred = store.barred()
  const tellSync = (): void => {
    if (store.barred() !== barred) {
      barred = store.barred()
      onEvent('app', appState({ parts, context }))
    }
    onEvent('sync', syncView())
    onEvent('outbox', { pending: syncView().pending })
  }
  const outbox = joinOutbox({ store, journal, counter, clock, platformUrl: parts.platformUrl, onChange: tellSync })

  let quiet: NodeJS.Timeout | undefined
  const handlers = createHandlers({
    parts, context, session, desk, agentCards, issuing: async () => ({ context, paper: await paper(), signer: key }), paper, key, spool, outbox, highWater, syncView, printChanged,
    walked: (progress) => { onEvent('journal', progress) },
    appChanged: (state) => { onEvent('app', state) },
    carrier: createCarrier(context, identityOf(store, counter)),
    committed: () => {
      anchorJournal(context, key)
      raiseMark()
      spool.wake()
      outbox.wake()
      tellSync()
      clearTimeout(quiet)
      quiet = setTimeout(() => { store.checkpoint() }, quietAfter)
    },
  })
  const unwatch = [
    devices.cards.watch((event) => {
      const heard = agentCards.sift(event)
      if (heard !== undefined) desk.receive(heard)
    }),
    devices.scans.watch((scan) => { if (session.current() !== undefined) onEvent('scan', scan) }),
  ]
  void tellTrust(context, devices.signers)
  outbox.wake()
  // What cannot be wiped now is wiped the next time.
  const noMoreWiping = new AbortController()
  const wipe = async (): Promise<void> => {
    const wiped = await wipeExpired(context, parts.dataDir, noMoreWiping.signal)
    if (wiped.ok && wiped.value.length > 0 && !noMoreWiping.signal.aborted) tellSync()
  }
  const alone = (): void => { if (session.current() === undefined) rebuildOwed(context) }
  const wiping = [setTimeout(() => { void wipe().then(alone) }, wipeAfter), setInterval(() => { void wipe() }, wipeEvery), setInterval(alone, rebuildEvery)]
  // A failure here is heard by whoever needs the paper.
  const soon = setTimeout(() => { paper().catch(() => undefined) }, paperAfter)

  let closing: Promise<void> | undefined
  const close = async (): Promise<void> => {
    clearTimeout(soon)
    for (const timer of wiping) clearTimeout(timer)
    noMoreWiping.abort()
    clearTimeout(quiet)
    care.close()
    for (const stop of unwatch) stop()
    agentCards.close()
    desk.release()
    await Promise.all([spool.close(), outbox.close()])
    anchorJournal(context, key, 1)
    store.close()
  }
  return { handlers: guarded(handlers, session), close: () => (closing ??= close()) }
}

/** The paper, whose engine takes longer to load than everything else together: loaded once, when it is first needed. */
const paperLater = (resourcesDir: string): (() => Promise<Paper>) => {
  let opening: Promise<Paper> | undefined
  return () => (opening ??= import('./paper/paper.ts').then(({ openPaper }) => openPaper({ resourcesDir })))
}
