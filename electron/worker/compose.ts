import { existsSync } from 'node:fs'
import { join as inside } from 'node:path'
import { v7 } from 'uuid'
import type { Payload } from '#shared/contract/events.ts'
import type { Calls } from '#shared/contract/calls.ts'
import type { AppState } from '#shared/contract/features/app/calls.ts'
import type { Clock } from '#shared/ports/clock.ts'
import type { CounterId } from '#shared/ids.ts'
import { faultOf, type Fault } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { createBackground } from './core/background.ts'
import { appState } from './core/appState.ts'
import type { Answers } from './core/caller.ts'
import type { HandlerContext } from './core/handlerContext.ts'
import { leave, type Session } from './core/sessions.ts'
import { chosenBy, fallen, stopped } from './core/standing.ts'
import type { OutboxChange } from './outbox/ports.ts'
import { joinedBackground, joinedCalls } from './core/feature.ts'
import { noteRescue } from './core/noteRescue.ts'
import * as features from './features.ts'
import { composeDesk } from './core/desk/composeDesk.ts'
import { composeOutbox } from './outbox/composeOutbox.ts'
import { composePapers } from './papers/composePapers.ts'
import { openGlyphCheck } from './papers/glyphs.ts'
import { createJournal, type Journal } from './journal/journal.ts'
import { checkRollbackGuard } from './journal/checkRollbackGuard.ts'
import type { RollbackGuard } from './journal/rollbackGuard.ts'
import { verifyTail } from './journal/verify.ts'
import { publishCounterKeys, readCounterKey } from './keys/counterKey.ts'
import { registerFile } from './keys/openKey.ts'
import type { Worker, WorkerOptions } from './core/workerOptions.ts'
import { journalBeginning, journalHead, journalTail } from './journal/rows/journalRows.ts'
import { moveFilesOut } from './files/moveOut.ts'
import { startMaintenance } from './upkeep/maintenance.ts'
import { openStore, type Store } from './store/open.ts'
import { readLink } from './outbox/rows/link.ts'
import { reprocessParkedChanges } from './outbox/rows/outboxStore.ts'
import { anchorJournal } from './journal/anchorJournal.ts'
import { findOffice, readOffice, type SignedIn } from './core/context.ts'
import { counterOf, createRegister } from './core/createRegister.ts'
import { dropDemonstration } from './core/demonstration.ts'
import { readSeed, seedOf, type Seed } from './core/readSeed.ts'
import { standingOf, viewSync } from './features/sync/viewSync.ts'
import { wipeByTerm } from './retention/wipeByTerm.ts'

/** Links of the journal that are verified at every start; the whole chain is `guichet journal verify`. */
const tailLength = 200

/**
 * After this long without an act, in milliseconds, the write-ahead log is emptied: what is in it is what a damaged disk
 * can lose.
 */
const quietAfter = 5_000

/**
 * Opens the register of a data folder (making it on first use) and joins it to paper, printers, platform and devices.
 * Faults: those of `openStore`; register.none (there is none, and no office file begins it); journal.broken;
 * file.unreadable (a damaged seed, on first use).
 */
export function composeWorker(parts: WorkerOptions): Result<Worker> {
  if (!existsSync(registerFile(parts.dataDir)) && !parts.demo && parts.officeFile === undefined)
    return err(faultOf('register.none'))
  const opened = openStore({
    file: registerFile(parts.dataDir),
    key: parts.key,
    now: parts.clock.now().toISOString(),
    ...(parts.sqliteBinding === undefined ? {} : { binding: parts.sqliteBinding }),
  })
  if (!opened.ok) return opened
  const store = opened.value
  // Whatever throws on the way: a register that nobody holds must not keep its lock.
  try {
    const begun = begin(store, parts)
    if (begun.ok) return ok(join(store, begun.value, parts))
    store.close()
    return begun
  } catch (cause) {
    store.close()
    throw cause
  }
}

/** Between two looks at the clock while nothing is written, in milliseconds. */
const clockLookEvery = 20_000

/** Tells the journal once what time each meeting with the platform said it is. */
const platformTime = (store: Store, journal: Journal, clock: Clock, online: () => boolean): (() => void) => {
  let heard: number | undefined
  return () => {
    const { skewMs } = readLink(store.db)
    if (skewMs === undefined || skewMs === heard || !online()) return
    heard = skewMs
    journal.clockTold(clock.now().getTime() + skewMs)
  }
}

interface Begun {
  readonly journal: Journal
  readonly counter: CounterId
  readonly rollbackGuard: RollbackGuard
}

/** What a new register begins with: the office file, or in a demonstration the office that is shipped. */
const beginning = ({ officeFile, demo, resourcesDir }: WorkerOptions): Result<Seed> =>
  officeFile !== undefined
    ? seedOf(officeFile, resourcesDir)
    : demo
      ? readSeed(resourcesDir)
      : err(faultOf('register.none'))

/** A new register gets its seed; an old one shows that its newest links are sound. */
const begin = (store: Store, parts: WorkerOptions): Result<Begun> => {
  const made = findOffice(store) === undefined
  if (made) {
    const seed = beginning(parts)
    if (!seed.ok) return seed
    const journal = createJournal(parts.clock, counterOf(seed.value.office), store.db)
    const created = createRegister(store, journal, seed.value, parts.officeFile?.platform)
    if (!created.ok) return created
  }
  const counter = counterOf(readOffice(store))
  const sound = verifyTail(counter, journalTail(store.db, tailLength))
  if (!sound.ok) return sound
  const examined = checkRollbackGuard(parts.dataDir, parts.key, store, made)
  if (!examined.ok) return examined
  const rollbackGuard = examined.value
  const head = journalHead(store.db)
  if (made && head !== undefined) rollbackGuard.raise(head)
  const again = reprocessParkedChanges(store, parts.versions.app)
  if (!again.ok) return again
  const published = publishCounterKeys(parts.dataDir, store.db, counter)
  if (!published.ok) return published
  // The mark outside follows every link, of whatever kind, before anybody hears what it stands for: a number that was
  // heard is never given again, a try or an access that was counted is never forgotten.
  const journal = createJournal(parts.clock, counter, store.db, rollbackGuard.raise)
  if (!parts.demo) {
    const dropped = dropDemonstration(store, journal)
    if (!dropped.ok) return dropped
  }
  return ok({ journal, counter, rollbackGuard })
}

const join = (store: Store, { journal, counter, rollbackGuard }: Begun, parts: WorkerOptions): Worker => {
  const { clock, sessions } = parts
  const {
    context,
    agentCards,
    seat,
    deskView,
    close: closeDesk,
  } = composeDesk({ store, journal, clock, counter, newId: () => v7() }, parts)
  const key = readCounterKey(store.db, counter)
  noteRescue(context)
  const printChanged = (view: Payload<'print'>): void => {
    sessions.tellSignedIn('print', view)
  }
  const background = createBackground({
    clock,
    log: parts.log ?? (() => undefined),
    onChange: () => {
      tellSync()
    },
  })
  const { spool, close: closePaper } = composePapers(context, parts, printChanged, background)

  const alone = (): boolean => sessions.alone()
  const second = parts.backupDir === undefined ? undefined : inside(parts.backupDir, counter)
  const maintenance = startMaintenance(store, parts.dataDir, clock, background, parts.maintenance, second)
  const createdAt = journalBeginning(store.db) ?? clock.now().toISOString()
  const syncView = (who: SignedIn | undefined): Payload<'sync'> =>
    viewSync(outbox.status(), standingOf({ store, journal, clock, maintenance, createdAt, who, background }))
  const hearTime = platformTime(store, journal, clock, () => outbox.status().link === 'online')
  /** A session is its account: where that ended, its window is told. */
  const standing = (session: Session): Fault | undefined => {
    const who = session.current()
    const fault = who === undefined ? undefined : fallen(context, who)
    if (fault !== undefined) leave(context, session, 'account')
    return fault
  }
  store.guard(() => stopped(context))
  let barred = store.readOnlyReason()
  /** Tells each window the link and the budget of whoever is signed in at it, and what of the outbox has changed. */
  const tellSync = (what?: OutboxChange): void => {
    hearTime()
    if (store.readOnlyReason() !== barred) {
      barred = store.readOnlyReason()
      sessions.tell('app', state())
    }
    for (const session of sessions.all()) {
      standing(session)
      const who = session.current()
      if (who === undefined) continue
      const view = syncView(who)
      session.tell('sync', view)
      if (what === 'items') session.tell('outbox', { pending: view.pending })
    }
  }
  const state = (): AppState => appState({ parts, context })
  const outbox = composeOutbox({
    store,
    journal,
    counter,
    clock,
    platformUrl: parts.platformUrl,
    demo: parts.demo,
    network: parts.network,
    version: parts.versions.app,
    onChange: tellSync,
    background,
  })
  wipeByTerm(context, parts.dataDir, { alone, onWiped: tellSync, background })
  // Files of an older register leave it while the counter works.
  background.start('files', ({ signal }) => moveFilesOut(store, signal))

  const paper = openGlyphCheck(parts.resourcesDir)

  let calledOff = (): void => undefined
  let followed = journalHead(store.db)?.seq
  let following: NodeJS.Immediate | undefined
  /** What follows an act: its anchor, paper and platform. No answer waits for it. */
  const follow = (): void => {
    clearImmediate(following)
    following = undefined
    if (journalHead(store.db)?.seq === followed) return
    anchorJournal(context, key)
    followed = journalHead(store.db)?.seq
    spool.wake()
    outbox.wake()
    tellSync('items')
    calledOff()
    calledOff = background.after('checkpoint', quietAfter, () => {
      store.checkpoint()
    })
  }
  const { chooseFile } = parts
  const answering: HandlerContext = {
    parts: chooseFile === undefined ? parts : { ...parts, chooseFile: chosenBy(context, chooseFile) },
    context,
    sessions,
    seat,
    deskView,
    agentCards,
    issuing: () => Promise.resolve({ context, paper, signer: key }),
    press: parts.press,
    key,
    spool,
    outbox,
    background,
    rollbackGuard,
    syncView,
    printChanged,
  }
  const answers: Answers<Calls> = joinedCalls(features, answering)
  joinedBackground(features, answering)
  let doubted = journal.clockDoubt()?.kind
  background.start(
    'clock',
    () => {
      const doubt = journal.clockDoubt()?.kind
      if (doubt !== doubted) tellSync()
      doubted = doubt
    },
    { first: clockLookEvery, every: clockLookEvery },
  )
  outbox.wake()

  let closing: Promise<void> | undefined
  const close = async (): Promise<void> => {
    background.safely('afterAct', follow)
    calledOff()
    await maintenance.close()
    closeDesk()
    // Together: the loops of paper and outbox are tasks of the background, and end when they are told.
    await Promise.all([background.close(), closePaper(), outbox.close()])
    anchorJournal(context, key, 1)
    store.close()
  }
  return {
    answers,
    afterwards: () => {
      following ??= setImmediate(() => {
        background.safely('afterAct', follow)
      })
    },
    standing,
    state,
    away: () => {
      for (const session of sessions.all()) leave(context, session, 'away')
      follow()
    },
    leave: (session) => {
      leave(context, session)
      sessions.close(session)
      follow()
    },
    close: () => (closing ??= close()),
  }
}
