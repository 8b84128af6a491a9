import { calls, type Call, type In, type Out } from '#shared/contract/calls.ts'
import { demoAccounts } from '#shared/domain/demo.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { pressHere } from '#electron/press/pressHere.ts'
import { composeWorker } from '#electron/worker/compose.ts'
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
    onEvent: () => undefined,
    ...(options.platformUrl === undefined ? {} : { platformUrl: options.platformUrl }),
    ...(binding === undefined ? {} : { sqliteBinding: binding }),
  })
  if (!composed.ok) return composed
  const { handlers, close } = composed.value
  const ask: OpenWorker['ask'] = async (call, input) => {
    const parsed = calls[call].input.safeParse(input)
    if (!parsed.success)
      return err(
        faultOf(
          'call.invalid',
          parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.code}`).join('; '),
        ),
      )
    // The input was parsed by the schema of this very call, and its handler answers with the output of the same call.
    return (handlers[call] as (input: unknown, signal: AbortSignal) => Promise<Result<never>>)(
      parsed.data,
      context.signal,
    )
  }
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
