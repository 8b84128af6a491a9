import type { Call, In, Out } from '#shared/contract/calls.ts'
import { demoAccounts } from '#shared/domain/demo.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { pressHere } from '#electron/press/pressHere.ts'
import type { OfficeFile } from '#shared/contract/officeFile.ts'
import { composeWorker } from '#electron/worker/compose.ts'
import { createSessions, type Session } from '#electron/worker/core/sessions.ts'
import { askOf } from '#electron/worker/dispatch.ts'
import type { Devices, Worker } from '#electron/worker/core/workerOptions.ts'
import { systemClock } from '#electron/worker/core/systemClock.ts'
import { machineSetting } from './machineSetting.ts'
import type { CommandContext } from './command.ts'
import { isDemo } from './demonstration.ts'
import { openKeyHere } from './openKeyHere.ts'
import { networkHere } from './networkHere.ts'
import { registerThere } from './openRegister.ts'
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
  /** Where a platform is, unless the register says it. */
  readonly platformUrl?: string
  readonly training?: boolean
}

/**
 * Opens the register and signs in: `--login` with the password in `GUICHET_PASSWORD`. Only in a demonstration
 * (`GUICHET_DEMO=1`, or `guichet demo`) is the password of the demonstration tried, because on a real register five runs
 * without one would lock an agent out; and only there a register is made. Faults: register.none; those of `openKeyHere`
 * and `composeWorker`; session.*; call.invalid (no password).
 */
export async function openWorker(context: CommandContext, options: WorkerOptions): Promise<Result<OpenWorker>> {
  const who = credentials(context, options.training === true)
  if (!who.ok) return who
  // A key is made for a register, and outside a demonstration no register begins by itself.
  const demo = options.training === true || isDemo(context)
  const there = registerThere(context)
  if (!there.ok && !(demo && there.fault.code === 'register.none')) return there
  const key = await openKeyHere(context)
  if (!key.ok) return key
  const composed = composeHere(context, { ...options, key: key.value, demo })
  if (!composed.ok) return composed
  const { worker, session } = composed.value
  const { close } = worker
  const ask = askOf(worker, session, context.signal)
  const signed = await ask('session.signIn', who.value)
  if (signed.ok) return ok({ ask, close })
  await close()
  return signed
}

/** The worker in this process, and the session through which it is asked. Faults: those of `composeWorker`. */
export function composeHere(
  context: CommandContext,
  parts: WorkerOptions & { readonly key: Uint8Array; readonly demo: boolean; readonly officeFile?: OfficeFile },
): Result<{ readonly worker: Worker; readonly session: Session }> {
  const { dataDir, env } = context
  const binding = env['GUICHET_SQLITE_BINDING']
  const backupDir = machineSetting(context, 'backupDir')
  const sessions = createSessions()
  const session = sessions.open('cli', () => undefined)
  const composed = composeWorker({
    dataDir,
    resourcesDir,
    press: pressHere({ resourcesDir }),
    clock: systemClock,
    versions: { app: version(), electron: 'none', standIn: false },
    sessions,
    training: false,
    network: networkHere(context),
    ...(backupDir === undefined ? {} : { backupDir }),
    ...parts,
    ...(binding === undefined ? {} : { sqliteBinding: binding }),
  })
  return composed.ok ? ok({ worker: composed.value, session }) : composed
}

const credentials = ({ options, env }: CommandContext, training: boolean): Result<In<'session.signIn'>> => {
  const login = typeof options['login'] === 'string' ? options['login'] : 'agent'
  const demonstration = training || isDemo({ env })
  const known = demonstration ? demoAccounts.find((account) => account.login === login)?.password : undefined
  const password = env['GUICHET_PASSWORD'] ?? known
  return password === undefined ? err(faultOf('call.invalid', 'GUICHET_PASSWORD')) : ok({ login, password })
}
