import type { Call, In, Out } from '#shared/contract/calls.ts'
import { demoAccounts } from '#shared/domain/demo.ts'
import { ok, type Result } from '#shared/result.ts'
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
 * Opens the register and signs in: `--login` with the password in `GUICHET_PASSWORD`, else the agent of the
 * demonstration
 * office. Faults: those of `openKeyHere` and `composeWorker`; session.*.
 */
export async function openWorker(context: CommandContext, options: WorkerOptions): Promise<Result<OpenWorker>> {
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
  const signed = await ask('session.signIn', credentials(context))
  if (signed.ok) return ok({ ask, close })
  await close()
  return signed
}

const credentials = ({ options, env }: CommandContext): In<'session.signIn'> => {
  const login = typeof options['login'] === 'string' ? options['login'] : 'agent'
  return {
    login,
    password: env['GUICHET_PASSWORD'] ?? demoAccounts.find((account) => account.login === login)?.password ?? '',
  }
}
