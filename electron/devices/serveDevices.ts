import { deviceCalls, type DeviceCalls, type DeviceEvents } from '#shared/contract/deviceCalls.ts'
import { serve, type Handlers, type Wire } from '#shared/contract/wire.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { OpenDevices } from './compose.ts'

/**
 * Answers one worker on its wire, and tells it every card event and every scan. A driver that throws is told to
 * `onCrash` and costs one
 * call. Returns how to let go of a worker that is gone.
 */
export function serveDevices(
  wire: Wire,
  devices: OpenDevices,
  onCrash: (call: string, cause: unknown) => void,
): () => void {
  const { cards, signers, plugins, printer, tickets, scanner, scans, training } = devices
  const noTraining = err(faultOf('call.unknown', 'there is no simulated reader'))
  const handlers: Handlers<DeviceCalls> = {
    'host.pulse': () => ok({}),
    'card.list': async () => map(await cards.list(), (readers) => ({ readers: [...readers] })),
    'card.read': ({ reader, access }, signal) =>
      cards.read({ ...(reader !== undefined && { reader }), ...(access !== undefined && { access }), signal }),
    'card.signState': ({ reader }, signal) => cards.signState({ ...(reader !== undefined && { reader }), signal }),
    'card.sign': ({ reader, scheme, pin, ...order }, signal) =>
      cards.sign({
        ...order,
        ...(reader !== undefined && { reader }),
        ...(scheme !== undefined && { scheme }),
        ...(pin !== undefined && { pin }),
        signal,
      }),
    'signers.installed': async () => map(await signers.installed(), (installed) => ({ signers: [...installed] })),
    'signers.examine': (file) => signers.examine(file),
    'signers.believe': async ({ certificates }) => map(await signers.believe(certificates), () => ({})),
    'plugins.installed': () => ok({ plugins: plugins.map(({ name, sha256 }) => ({ name, sha256 })) }),
    'training.insertCard': async ({ card }) =>
      training === undefined ? noTraining : map(await training.insertCard(card), () => ({})),
    'training.removeCard': async ({ of }) =>
      training === undefined ? noTraining : map(await training.removeCard(of), () => ({})),
    'printer.list': async () => map(await printer.list(), (printers) => ({ printers: [...printers] })),
    'printer.submit': (job) => printer.submit(job),
    'printer.outcome': (job) => printer.outcome(job),
    'ticket.status': () => tickets?.status() ?? ok({ state: 'none' }),
    'ticket.print': async (ticket) =>
      tickets === undefined ? err(faultOf('printer.none')) : map(await tickets.print(ticket), () => ({})),
    'codeReader.list': async () =>
      ok({ readers: (await Promise.all(scans.map((source) => source.list()))).flat().map((one) => ({ ...one })) }),
    'scanner.list': async () => map(await scanner.list(), (scanners) => ({ scanners: [...scanners] })),
    'scanner.scan': async ({ scanner: name }, signal) =>
      map(await scanner.scan({ ...(name !== undefined && { scanner: name }), signal }), ({ mime, bytes }) => ({
        mime,
        bytes: new Uint8Array(bytes),
      })),
    'scanner.scanStack': async ({ scanner: name }, signal) =>
      map(
        await scanner.scanStack({
          scanner: name,
          signal,
          onPage: (pages) => {
            served.emit('stackPages', { pages })
          },
        }),
        ({ pages, ended }) => ({
          pages: pages.map(({ mime, bytes }) => ({ mime, bytes: new Uint8Array(bytes) })),
          ...(ended && { ended }),
        }),
      ),
  }
  const served = serve<DeviceCalls, DeviceEvents>(wire, deviceCalls, handlers, onCrash)
  const unwatch = [
    cards.watch((event) => {
      served.emit('card', event)
    }),
    ...scans.map((source) =>
      source.watch((scan) => {
        served.emit('scan', scan)
      }),
    ),
  ]
  return () => {
    for (const stop of unwatch) stop()
  }
}

const map = <A, B>(result: Result<A>, change: (value: A) => B): Result<B> =>
  result.ok ? ok(change(result.value)) : result
