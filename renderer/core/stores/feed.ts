import type { Bridge } from '../bridge/index.ts'
import { useApp } from './app.ts'
import { useCard } from './card.ts'
import { usePrint } from './print.ts'
import { useSession } from './session.ts'
import { useSync } from './sync.ts'

/** A printer that is switched off says nothing by itself: it is asked again this often, and whenever a job moved. */
const printersEveryMs = 30_000

/**
 * Keeps the stores equal to what the worker says. Events carry whole states, so nothing has to be merged; each answer
 * is taken
 * at the moment it comes, since one that waited for another would undo an event that came in between.
 */
export async function feedStores(bridge: Bridge): Promise<void> {
  const [app, session, card, print, sync] = [useApp(), useSession(), useCard(), usePrint(), useSync()]
  const readPrinters = async (): Promise<void> => {
    const listed = await bridge.call('printer.list', {})
    if (listed.ok) {
      print.printers = listed.value.printers
      print.chosen = listed.value.chosen
    }
  }
  const readDesk = async (): Promise<void> => {
    await Promise.all([
      bridge.call('card.state', {}).then((now) => {
        if (now.ok) {
          card.card = now.value.card
          card.citizen = now.value.citizen
        }
      }),
      bridge.call('print.list', {}).then((jobs) => {
        if (jobs.ok) print.fill(jobs.value.jobs)
      }),
      bridge.call('sync.status', {}).then((now) => {
        if (now.ok) sync.sync = now.value
      }),
      readPrinters(),
    ])
  }
  bridge.on('app', (state) => {
    app.state = state
  })
  bridge.on('session', (now) => {
    const entered = session.session === undefined && now.session !== undefined
    session.hear(now)
    // What was at one agent's desk is not the next one's.
    if (now.session === undefined) {
      card.citizen = undefined
      card.zone = undefined
      print.fill([])
    }
    if (entered) void readDesk()
  })
  bridge.on('agentCard', (now) => {
    session.agentCard = now
  })
  bridge.on('card', (now) => {
    card.card = now.card
    card.citizen = now.citizen
  })
  bridge.on('print', (job) => {
    print.put(job)
    void readPrinters()
  })
  setInterval(() => {
    if (session.signedIn) void readPrinters()
  }, printersEveryMs)
  bridge.on('sync', (now) => {
    sync.sync = now
  })
  bridge.on('outbox', () => {
    sync.revision += 1
  })

  const readAll = async (): Promise<void> => {
    await Promise.all([
      bridge.call('app.state', {}).then((now) => {
        if (now.ok) app.state = now.value
      }),
      bridge.call('session.current', {}).then((now) => {
        if (now.ok) session.session = now.value.session
      }),
      bridge.call('session.card', {}).then((now) => {
        if (now.ok) session.agentCard = now.value
      }),
    ])
    if (session.signedIn) await readDesk()
  }
  bridge.onRestart(() => {
    void readAll()
  })
  await readAll()
}
