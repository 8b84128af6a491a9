import type { Call, In, Out } from '#shared/contract/calls.ts'
import { demoAccounts } from '#shared/domain/demo.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { pressHere } from '#electron/press/pressHere.ts'
import { composeWorker } from '#electron/worker/compose.ts'
import { createSessions } from '#electron/worker/core/sessions.ts'
import { askOf } from '#electron/worker/dispatch.ts'
import type { Devices } from '#electron/worker/core/workerOptions.ts'
import { systemClock } from '#electron/worker/core/systemClock.ts'
import type { CommandContext } from './command.ts'
import { openKeyHere } from './openKeyHere.ts'
import { resourcesDir } from './resourcesDir.ts'
import { version } from './version.ts'

/** The register at work for one command, asked through the same calls as by the window. */
export interface OpenWorker {
  readonly ask: <C extends Call>(call: C, input: In<C>) => Promise<Result<Out<C>>>
  readonly close: () => Promise<void>
}

/** What a command joins to the register. */
export interface WorkerOptions {
  readonly devices: Devices
  /** Absent: this command does not send. */
  readonly platformUrl?: string
  readonly training?: boolean
}

/**
 * Opens the register and signs in: `--login` with the password in `GUICHET_PASSWORD`. Only in a demonstration
 * (`GUICHET_DEMO=1`, or `guichet demo`) is the password of the demonstration tried: on a real register five runs without
 * one would lock an agent out. Faults: those of `openKeyHere` and `composeWorker`; session.*; call.invalid (no password).
 */
export async function openWorker(context: CommandContext, options: WorkerOptions): Promise<Result<OpenWorker>> {
  const who = credentials(context, options.training === true)
  if (!who.ok) return who
  const key = await openKeyHere(context)
  if (!key.ok) return key
  const binding = context.env['GUICHET_SQLITE_BINDING']
  const sessions = createSessions()
  const session = sessions.open('cli', () => undefined)
  const composed = composeWorker({
    dataDir: context.dataDir,
    resourcesDir,
    key: key.value,
    devices: options.devices,
    press: pressHere({ resourcesDir }),
    clock: systemClock,
    demo: false,
    training: options.training ?? false,
    versions: { app: version(), electron: 'none', standIn: false },
    sessions,
    ...(options.platformUrl === undefined ? {} : { platformUrl: options.platformUrl }),
    ...(binding === undefined ? {} : { sqliteBinding: binding }),
  })
  if (!composed.ok) return composed
  const { close } = composed.value
  const ask = askOf(composed.value, session, context.signal)
  const signed = await ask('session.signIn', who.value)
  if (signed.ok) return ok({ ask, close })
  await close()
  return signed
}

const credentials = ({ options, env }: CommandContext, training: boolean): Result<In<'session.signIn'>> => {
  const login = typeof options['login'] === 'string' ? options['login'] : 'agent'
  const demonstration = training || env['GUICHET_DEMO'] === '1'
  const known = demonstration ? demoAccounts.find((account) => account.login === login)?.password : undefined
  const password = env['GUICHET_PASSWORD'] ?? known
  return password === undefined ? err(faultOf('call.invalid', 'GUICHET_PASSWORD')) : ok({ login, password })
}
