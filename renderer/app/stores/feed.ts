import type { Bridge } from '../../bridge/index.ts'
import { useApp } from './app.ts'
import { useCard } from './card.ts'
import { usePrint } from './print.ts'
import { useSession } from './session.ts'
import { useSync } from './sync.ts'

/** A printer that is switched off says nothing by itself: it is asked again this often, and whenever a job moved. */
const printersEveryMs = 30_000

/** Keeps the stores equal to what the worker says. Events carry whole states, so nothing has to be merged. */
export async function feedStores(bridge: Bridge): Promise<void> {
  const [app, session, card, print, sync] = [useApp(), useSession(), useCard(), usePrint(), useSync()]
  const readPrinters = async (): Promise<void> => {
    const listed = await bridge.call('printer.list', {})
    if (listed.ok) { print.printers = listed.value.printers; print.chosen = listed.value.chosen }
  }
  const readDesk = async (): Promise<void> => {
    const [cardNow, jobs, status] = await Promise.all([bridge.call('card.state', {}), bridge.call('print.list', {}), bridge.call('sync.status', {}), readPrinters()])
    if (cardNow.ok) { card.card = cardNow.value.card; card.citizen = cardNow.value.citizen }
    if (jobs.ok) for (const job of jobs.value.jobs) print.put(job)
    if (status.ok) sync.sync = status.value
  }
  bridge.on('app', (state) => { app.state = state })
  bridge.on('session', (now) => {
    const entered = session.session === undefined && now.session !== undefined
    session.session = now.session
    if (entered) void readDesk()
  })
  bridge.on('card', (now) => { card.card = now.card; card.citizen = now.citizen })
  bridge.on('print', (job) => {
    print.put(job)
    void readPrinters()
  })
  setInterval(() => { if (session.signedIn) void readPrinters() }, printersEveryMs)
  bridge.on('sync', (now) => { sync.sync = now })
  bridge.on('outbox', () => { sync.revision += 1 })

  const readAll = async (): Promise<void> => {
    const [state, current] = await Promise.all([bridge.call('app.state', {}), bridge.call('session.current', {})])
    if (state.ok) app.state = state.value
    if (current.ok) session.session = current.value.session
    if (session.signedIn) await readDesk()
  }
  bridge.onRestart(() => { void readAll() })
  await readAll()
}
