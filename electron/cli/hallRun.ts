import { serveLocal } from '#electron/hall/local/localServer.ts'
import { askStation } from '#electron/hall/local/localClient.ts'
import { sayAddress } from '#electron/hall/office/roster.ts'
import { runStation } from '#electron/hall/station.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { CommandContext, Said } from './command.ts'

/**
 * `guichet hall run`: the station of the data folder, until it is interrupted. Whatever ends it, what was answered is
 * on the disks of a majority. Faults: hall.roster, hall.keystore (the window of this machine
 * runs this station, and has its keys wrapped), hall.running, hall.address, hall.damaged, hall.disk, call.invalid.
 */
export async function hallRun(context: CommandContext): Promise<Result<Said>> {
  const offset = clockOffset(context)
  if (!offset.ok) return offset
  const started = await runStation(context.dataDir, {
    clockOffset: offset.value,
    discovery: context.machine?.settings.hallDiscovery ?? true,
  })
  if (!started.ok) {
    if (started.fault.code !== 'hall.address') return started
    const other = await askStation(context.dataDir, { call: 'status' })
    return other.ok ? err(faultOf('hall.running')) : started
  }
  const station = started.value
  const local = await serveLocal(context.dataDir, station)
  if (!local.ok) {
    await station.close()
    return local
  }
  const { me, roster } = station.facts
  const mine = roster.stations.find(({ name }) => name === me)
  context.line(`READY ${mine === undefined ? '' : sayAddress(mine)}`)
  const fault = await Promise.race([station.ended, interrupted(context.signal)])
  await Promise.all([local.value.close(), station.close()])
  return fault === undefined ? ok({ json: { station: me, stopped: true }, text: `${me} stopped` }) : err(fault)
}

/** Ctrl-C, or a polite end by the system. */
const interrupted = (signal: AbortSignal): Promise<undefined> =>
  new Promise((done) => {
    const stop = (): void => {
      done(undefined)
    }
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop)
    process.once('SIGTERM', stop)
  })

/** An instant: UTC, or with its offset. */
function clockOffset({ options: { clock }, positionals }: CommandContext): Result<number> {
  if (positionals.length > 0) return err(faultOf('call.invalid', 'no word goes here'))
  if (clock === undefined) return ok(0)
  const text = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?$/.test(String(clock))
    ? `${String(clock)}Z`
    : String(clock)
  const instant = /^\d{4}-\d{2}-\d{2}T/.test(text) ? Date.parse(text) : NaN
  return Number.isFinite(instant)
    ? ok(instant - Date.now())
    : err(faultOf('call.invalid', '--clock: an instant, 2026-12-01T09:00:00Z'))
}
