import type { Calls } from '#shared/contract/calls.ts'
import type { Handlers } from '#shared/contract/wire.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
import { demoPlatform, refusedOffice } from './platform.ts'
import { demoProcedures } from './procedures.ts'
import type { DemoState, Emit } from './shape.ts'

type SiteCall =
  | 'reader.list'
  | 'device.show'
  | 'device.enrol'
  | 'device.support'
  | 'platform.trust'
  | 'codeReader.list'
  | 'scanner.list'
  | 'outbox.list'
  | 'outbox.drain'
  | 'outbox.export'
  | 'outbox.importAnswers'
  | 'reference.status'
  | 'sync.status'

/** Devices, outbox and reference data of the synthetic register. */
export const demoSite = (state: DemoState, emit: Emit): Pick<Handlers<Calls>, SiteCall> => ({
  'reader.list': () =>
    state.card.state === 'noService'
      ? err(faultOf('card.noService'))
      : ok({
          readers:
            'reader' in state.card
              ? [
                  {
                    reader: state.card.reader,
                    simulated: state.app.training,
                    card: state.card.state === 'done',
                    role: 'citizen',
                  },
                ]
              : [],
        }),
  'device.show': () => ok(state.device),
  'device.enrol': ({ code }) => {
    if (code.includes('wrong')) return err(faultOf('device.codeRefused'))
    state.device = { ...state.device, state: 'pending', askedAt: new Date().toISOString() }
    return ok(state.device)
  },
  'device.support': () => ok({ name: `guichet-${state.device.counter}-202611300900.tar.gz` }),
  'platform.trust': (handed) => {
    const refused = refusedOffice(handed)
    if (refused !== undefined) return err(refused)
    // A large one is another counter's.
    if (handed.file.byteLength > 2000) return err(faultOf('office.otherCounter'))
    state.device = { ...state.device, platform: true, address: demoPlatform.address, platformKey: demoPlatform.key }
    return ok(state.device)
  },
  'codeReader.list': () => ok({ readers: state.codeReaders }),
  'scanner.list': () =>
    ok({ scanners: state.app.training ? [{ name: 'test:0', description: 'Fujitsu fi-8170' }] : [] }),
  'outbox.list': () => ok({ items: state.outbox }),
  'outbox.drain': () => {
    if (state.sync.link === 'offline') return err(faultOf('platform.unreachable'))
    state.outbox = state.outbox.map((item) =>
      item.state === 'pending'
        ? { ...item, state: 'applied', attempts: 1, answeredAt: new Date().toISOString() }
        : item,
    )
    state.sync = { ...state.sync, pending: 0, lastSyncAt: new Date().toISOString() }
    emit('sync', state.sync)
    emit('outbox', { pending: 0 })
    return ok(state.sync)
  },
  'outbox.export': () => ok({ name: 'RAB03-G2.guichet', acts: state.sync.pending, files: 0 }),
  'outbox.importAnswers': ({ bytes }) =>
    bytes.length > 200
      ? ok({
          applied: state.sync.pending,
          duplicate: 0,
          rejected: 0,
          conflict: 0,
          files: 0,
          news: state.sync.pending,
        })
      : err(faultOf('transfer.export')),
  'reference.status': () =>
    ok({
      readAt: state.sync.lastSyncAt ?? new Date().toISOString(),
      procedures: demoProcedures.length,
      accounts: 5,
      calendars: 2,
      appointments: 6,
      dispositions: 2,
      parked: state.sync.link === 'offline' ? 3 : 0,
    }),
  'sync.status': () => ok(state.sync),
})
