import { mkdirSync } from 'node:fs'
import { calls, type Call, type Calls, type In } from '#shared/contract/calls.ts'
import type { Versions } from '#shared/contract/hosts.ts'
import type { AppState } from '#shared/contract/features/app.ts'
import type { Handlers } from '#shared/contract/wire.ts'
import { faultOf, type Fault } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { keyState, openKey, type Keystore } from './keys/openKey.ts'
import type { Worker } from './core/workerOptions.ts'
import { mostTries } from './core/signIn.ts'

/** What stands before the register until its key is there. */
export interface Gate {
  /**
   * Before the register is open: the state of the program and the passphrase, nothing else. Then the register's own
   * calls.
   */
  readonly handlers: Handlers<Calls>
  /** Opens what can be opened without asking. */
  begin(): Promise<void>
  close(): Promise<void>
}

interface Options {
  readonly dataDir: string
  /** Absent: the operating system offers none, or it is not to be trusted (`basic_text`). */
  readonly keystore: Keystore | undefined
  /** `GUICHET_PASSPHRASE`: spares the question. */
  readonly passphrase: string | undefined
  readonly training: boolean
  readonly versions: Versions
  readonly compose: (key: Uint8Array) => Result<Worker>
  /** Puts a sound copy in the place of a damaged register. */
  readonly rescue: (
    key: Uint8Array,
    credentials: In<'register.rescue'>,
  ) => Promise<Result<{ readonly restoredFrom: string }>>
  readonly onState: (state: AppState) => void
}

/** Starting, then asking for a passphrase where one is needed, then ready or failed in words. */
export function createGate(options: Options): Gate {
  const { dataDir, keystore, compose, onState } = options
  let phase: AppState['phase'] = 'starting'
  let fault: Fault | undefined
  let worker: Worker | undefined
  /** The key of a register that could not be opened. */
  let damaged: Uint8Array | undefined
  let wrongTries = 0
  let opening: Promise<Result<Record<string, never>>> | undefined
  let begun: Promise<void> = Promise.resolve()

  const stateBefore = (): AppState => ({
    phase,
    ...(fault === undefined ? {} : { fault }),
    version: options.versions.app,
    runtime: { electron: options.versions.electron, standIn: options.versions.standIn },
    training: options.training,
    demoLogins: [],
  })
  const move = async (to: AppState['phase'], why?: Fault): Promise<void> => {
    phase = to
    fault = why
    const state = await worker?.handlers['app.state']({}, new AbortController().signal)
    onState(state?.ok === true ? state.value : stateBefore())
  }
  const open = async (means: { keystore?: Keystore; passphrase?: string }): Promise<Result<Record<string, never>>> => {
    const key = await openKey(dataDir, means)
    if (!key.ok) return key
    const composed = compose(key.value)
    if (!composed.ok) {
      damaged =
        composed.fault.code === 'register.corrupt' || composed.fault.code === 'journal.broken' ? key.value : undefined
      return composed
    }
    damaged = undefined
    worker = composed.value
    await move('ready')
    return ok({})
  }
  /** One at a time, and few wrong tries: the copy that knows the supervisor forgets them. */
  const rescue = async (credentials: In<'register.rescue'>): Promise<Result<{ restoredFrom: string }>> => {
    if (damaged === undefined || opening !== undefined) return err(faultOf('register.locked'))
    if (wrongTries >= mostTries) return err(faultOf('session.lockedOut'))
    const key = damaged
    const attempt = options.rescue(key, credentials)
    opening = attempt.then(() => ok({}))
    const rescued = await attempt
    opening = undefined
    if (!rescued.ok) {
      wrongTries += rescued.fault.code === 'session.badCredentials' ? 1 : 0
      return rescued
    }
    const composed = compose(key)
    if (!composed.ok) {
      await move('failed', composed.fault)
      return composed
    }
    damaged = undefined
    worker = composed.value
    await move('ready')
    return ok({ restoredFrom: rescued.value.restoredFrom })
  }
  const unlock = async (passphrase: string): Promise<Result<Record<string, never>>> => {
    if (phase !== 'create' && phase !== 'unlock') return err(faultOf('register.locked'))
    // One attempt at a time: two at once would open the register twice.
    const opened = await (opening ??= open({ passphrase }))
    opening = undefined
    if (!opened.ok && opened.fault.code !== 'register.badPassphrase') await move('failed', opened.fault)
    return opened
  }

  const begin = async (): Promise<void> => {
    const state = prepared(dataDir)
    if (!state.ok) return move('failed', state.fault)
    const byKeystore = state.value === 'keystore' || (state.value === 'absent' && keystore !== undefined)
    if (!byKeystore && options.passphrase === undefined) return move(state.value === 'absent' ? 'create' : 'unlock')
    const opened = await open({
      ...(keystore === undefined ? {} : { keystore }),
      ...(options.passphrase === undefined ? {} : { passphrase: options.passphrase }),
    })
    if (opened.ok) return
    // A wrong passphrase in the environment is asked again on the screen.
    if (opened.fault.code === 'register.badPassphrase') await move('unlock', opened.fault)
    else await move('failed', opened.fault)
  }

  const before: Partial<Handlers<Calls>> = {
    'app.state': () => ok(stateBefore()),
    'session.current': () => ok({}),
    'register.rescue': (credentials) => rescue(credentials),
    'session.card': () => ok({ state: 'none' }),
    'register.unlock': ({ passphrase }) => unlock(passphrase),
  }
  const through = <C extends Call>(name: C): Handlers<Calls>[C] =>
    // Same parameters and result as the handler that is chosen at the moment of the call.
    ((input: never, signal) => {
      const reach = () => {
        const handler = worker === undefined ? before[name] : worker.handlers[name]
        return handler === undefined ? err(faultOf('register.locked')) : handler(input, signal)
      }
      // Whoever signs in while the register opens by itself waits for it.
      return phase === 'starting' && before[name] === undefined ? begun.then(reach) : reach()
    }) as Handlers<Calls>[C]

  return {
    // Every name of the contract is mapped to its own handler.
    handlers: Object.fromEntries(
      (Object.keys(calls) as Call[]).map((name) => [name, through(name)]),
    ) as unknown as Handlers<Calls>,
    begin: () => (begun = begin()),
    close: async () => {
      // A register that is just being opened is opened first, and then closed as it should be.
      await begun
      await worker?.close()
    },
  }
}

const prepared = (dataDir: string): ReturnType<typeof keyState> => {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    return keyState(dataDir)
  } catch (cause) {
    return err(
      faultOf('register.readOnly', cause instanceof Error && 'code' in cause ? String(cause.code) : 'data folder'),
    )
  }
}
