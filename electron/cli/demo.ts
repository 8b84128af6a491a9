import { join } from 'node:path'
import type { IdentityView } from '#shared/contract/features/intake/calls.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { systemClock } from '#electron/worker/core/systemClock.ts'
import type { Devices } from '#electron/worker/core/workerOptions.ts'
import type { Command, CommandContext, Said } from './command.ts'
import type { OpenWorker } from './openWorker.ts'

/** How long the simulated printer may take, in milliseconds. */
const printing = 30_000

/**
 * `guichet demo`: sign in, card, deposit, paper, platform, once, on simulated devices; everything it makes is marked
 * SPECIMEN.
 */
export const demo: Command = {
  name: 'demo',
  summary: 'does the whole job once with a simulated card and a simulated printer; with --platform the act is sent too',
  usage: '[--out DIR]',
  options: { out: { type: 'string' } },
  async run(context) {
    const [{ openWorker }, { openSimulatedCards }, { openSimulatedPrinter }, { resourcesDir }, { noDevices }] =
      await Promise.all([
        import('./openWorker.ts'),
        import('#drivers/fake/simulatedCards.ts'),
        import('#drivers/fake/simulatedPrinter.ts'),
        import('./resourcesDir.ts'),
        import('./noDevices.ts'),
      ])
    const cards = openSimulatedCards({ specimenFolder: join(resourcesDir, 'specimen'), clock: systemClock })
    const folder =
      typeof context.options['out'] === 'string' ? context.options['out'] : join(context.dataDir, 'specimen')
    const devices: Devices = {
      ...noDevices,
      cards,
      printer: openSimulatedPrinter({ folder }),
      training: {
        insertCard: (card) => cards.insert(card),
        removeCard: () => {
          cards.remove()
          return Promise.resolve(ok({}))
        },
      },
    }
    const worker = await openWorker(context, {
      devices,
      training: true,
      ...(context.platformUrl === undefined ? {} : { platformUrl: context.platformUrl }),
    })
    try {
      return worker.ok ? await wholeJob(worker.value, context, folder) : worker
    } finally {
      if (worker.ok) await worker.value.close()
      await cards.close()
    }
  },
}

const wholeJob = async ({ ask }: OpenWorker, context: CommandContext, folder: string): Promise<Result<Said>> => {
  const [{ takeIn }, { intakeExample, intakeRequest }] = await Promise.all([
    import('./intake.ts'),
    import('./intakeRequest.ts'),
  ])
  await ask('training.insertCard', { card: 'citizen' })
  const citizen = await untilRead(ask, context)
  if (!citizen.ok) return citizen
  context.progress(
    `card: ${citizen.value.identity.familyName} ${citizen.value.identity.givenNames}, chain ${citizen.value.checks.chain}`,
  )
  const request = intakeRequest.parse({ ...intakeExample, identity: { source: 'card' } })
  const issued = await takeIn(
    { ask, close: () => Promise.resolve() },
    { ...request, read: new Map() },
    { ...context, options: {} },
  )
  if (!issued.ok) return issued
  context.progress(issued.value.text)
  const print = await untilPrinted(ask)
  context.progress(`print: ${print}, pages in ${folder}`)
  const drained = context.platformUrl === undefined ? undefined : await ask('outbox.drain', {})
  if (drained?.ok === false) return drained
  const sent =
    drained === undefined ? 'no platform was given: the act waits' : `${String(drained.value.pending)} acts wait`
  return ok({ json: { ...(issued.value.json as object), print, pending: drained?.value.pending }, text: sent })
}

const untilRead = async (ask: OpenWorker['ask'], { signal }: CommandContext): Promise<Result<IdentityView>> => {
  while (!signal.aborted) {
    const state = await ask('card.state', {})
    if (!state.ok) return state
    if (state.value.card.state === 'failed') return err(state.value.card.fault)
    if (state.value.card.state === 'done' && state.value.citizen !== undefined) return ok(state.value.citizen)
    await pause()
  }
  return err(faultOf('call.cancelled'))
}

const untilPrinted = async (ask: OpenWorker['ask']): Promise<string> => {
  const end = systemClock.monotonic() + printing
  for (;;) {
    const jobs = await ask('print.list', {})
    const state = jobs.ok ? (jobs.value.jobs[0]?.state ?? 'none') : jobs.fault.code
    const over = state === 'printed' || state === 'failed' || state === 'unknown'
    if (over || systemClock.monotonic() > end) return state
    await pause()
  }
}

const pause = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, 50)
  })
