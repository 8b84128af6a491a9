import type { Call, In } from '#shared/contract/calls.ts'
import type { Versions } from '#shared/contract/hosts.ts'
import type { Keystore } from '#shared/contract/mainKeystore.ts'
import type { OfficeFile, OfficeHandedOver } from '#shared/contract/officeFile.ts'
import type { AppState } from '#shared/contract/features/app/calls.ts'
import { crashOf } from '#shared/crash.ts'
import { faultOf, type Fault } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { readOfficeFile } from './core/officeFile.ts'
import { keyState, openKey } from './keys/openKey.ts'
import { fileFault, makeFolder } from './keys/wholeFile.ts'
import type { Worker } from './core/workerOptions.ts'
import type { BeforeIt } from './dispatch.ts'

/** What stands before the register until its key is there: the state of the program and the passphrase, nothing else. */
export interface Gate extends BeforeIt {
  /** The register at work, once it is open. */
  readonly worker: () => Worker | undefined
  /** Opens what can be opened without asking. */
  begin(): Promise<void>
  close(): Promise<void>
}

interface Options {
  readonly dataDir: string
  /** Absent: the operating system offers none, or it is not to be trusted (`basic_text`). */
  readonly keystore: Keystore | undefined
  /** There is one, and it did not open. */
  readonly keystoreLocked?: boolean
  /** The office file of this machine and the fingerprint that its administrator vouches for: nobody is asked for them. */
  readonly office?: () => Result<OfficeHandedOver>
  /** Has the program started again. */
  readonly startAgain?: () => void
  /** What is done with each key that opened a register. */
  readonly onKey?: (key: Uint8Array) => void
  /** `GUICHET_PASSPHRASE`: spares the question. */
  readonly passphrase: string | undefined
  readonly training: boolean
  readonly versions: Versions
  /** `office` begins a register where there is none; without it and outside a demonstration: register.none. */
  readonly compose: (key: Uint8Array, office?: OfficeFile) => Result<Worker>
  /** Puts a sound copy in the place of a damaged register. */
  readonly rescue: (
    key: Uint8Array,
    credentials: In<'register.rescue'>,
  ) => Promise<Result<{ readonly restoredFrom: string }>>
  readonly onState: (state: AppState) => void
  readonly log: (line: string) => void
}

/** Starting, then asking for a passphrase where one is needed, then ready or failed in words. */
export function createGate(options: Options): Gate {
  const { dataDir, keystore, compose, onState } = options
  let phase: AppState['phase'] = 'starting'
  let fault: Fault | undefined
  let worker: Worker | undefined
  /** The key of a register that could not be opened. */
  let damaged: Uint8Array | undefined
  /** The key of a folder without a register, which waits for its office file. */
  let empty: Uint8Array | undefined
  let opening: Promise<Result<unknown>> | undefined
  let begun: Promise<void> = Promise.resolve()

  const stateBefore = (): AppState => ({
    phase,
    ...(fault === undefined ? {} : { fault }),
    version: options.versions.app,
    runtime: { electron: options.versions.electron, standIn: options.versions.standIn },
    training: options.training,
    demoLogins: [],
  })
  const move = (to: AppState['phase'], why?: Fault): void => {
    phase = to
    fault = why
    onState(worker?.state() ?? stateBefore())
  }
  /** What throws is a fault like any other: the screen says so, and the next attempt finds everything as it was. */
  const composedWith = (key: Uint8Array, office?: OfficeFile): Result<Worker> => {
    try {
      return compose(key, office)
    } catch (cause) {
      options.log(`open: ${crashOf(cause)}`)
      return err(faultOf('internal', 'open'))
    }
  }
  const open = async (means: { keystore?: Keystore; passphrase?: string }): Promise<Result<Record<string, never>>> => {
    const key = await openKey(dataDir, means)
    if (!key.ok) return key
    const composed = composedWith(key.value)
    if (!composed.ok && composed.fault.code === 'register.none') {
      empty = key.value
      return beginByItself()
    }
    if (!composed.ok) {
      damaged =
        composed.fault.code === 'register.corrupt' || composed.fault.code === 'journal.broken' ? key.value : undefined
      return composed
    }
    damaged = undefined
    options.onKey?.(key.value)
    worker = composed.value
    move('ready')
    return ok({})
  }
  /** By the office file of the machine, where its settings name one; what is wrong with it is said beside the question. */
  const beginByItself = (): Result<Record<string, never>> => {
    move('office')
    const handed = options.office?.()
    if (handed === undefined) return ok({})
    const begun = handed.ok ? beginRegister(handed.value) : handed
    if (!begun.ok) move('office', begun.fault)
    return ok({})
  }
  /** Nothing else is opened meanwhile; whatever comes of it, the next attempt may begin. */
  const alone = async <T>(attempt: Promise<Result<T>>): Promise<Result<T>> => {
    const guarded = attempt.catch((cause: unknown): Result<T> => {
      options.log(`open: ${crashOf(cause)}`)
      return err(faultOf('internal', 'open'))
    })
    opening = guarded
    const done = await guarded
    opening = undefined
    return done
  }
  /** One at a time. */
  const rescue = async (credentials: In<'register.rescue'>): Promise<Result<{ restoredFrom: string }>> => {
    if (damaged === undefined || opening !== undefined) return err(faultOf('register.locked'))
    const key = damaged
    const rescued = await alone(options.rescue(key, credentials))
    if (!rescued.ok) return rescued
    const composed = composedWith(key)
    if (!composed.ok) {
      move('failed', composed.fault)
      return composed
    }
    damaged = undefined
    worker = composed.value
    move('ready')
    return ok({ restoredFrom: rescued.value.restoredFrom })
  }
  /** Begins the register of this counter. A wrong file or fingerprint leaves everything as it was. */
  const beginRegister = ({ file, fingerprint }: In<'register.begin'>): Result<Record<string, never>> => {
    if (phase !== 'office' || empty === undefined) return err(faultOf('register.locked'))
    const office = readOfficeFile(file, fingerprint)
    if (!office.ok) return office
    const composed = composedWith(empty, office.value)
    if (!composed.ok) return composed
    options.onKey?.(empty)
    empty = undefined
    worker = composed.value
    move('ready')
    return ok({})
  }
  const unlock = async (passphrase: string): Promise<Result<Record<string, never>>> => {
    if (phase !== 'create' && phase !== 'unlock') return err(faultOf('register.locked'))
    // One attempt at a time: two at once would open the register twice.
    const opened = await (opening ?? alone(open({ passphrase })))
    if (!opened.ok && opened.fault.code !== 'register.badPassphrase') move('failed', opened.fault)
    return opened.ok ? ok({}) : opened
  }

  const begin = async (): Promise<void> => {
    const state = prepared(dataDir)
    if (!state.ok) {
      move('failed', state.fault)
      return
    }
    // A keystore that is closed today is not none: a passphrase now would be a second key for ever.
    const waits = state.value === 'keystore' || (state.value === 'absent' && options.passphrase === undefined)
    if (options.keystoreLocked === true && waits) {
      move('failed', faultOf('register.keystoreLocked'))
      return
    }
    const byKeystore = state.value === 'keystore' || (state.value === 'absent' && keystore !== undefined)
    if (!byKeystore && options.passphrase === undefined) {
      move(state.value === 'absent' ? 'create' : 'unlock')
      return
    }
    const opened = await alone(
      open({
        ...(keystore === undefined ? {} : { keystore }),
        ...(options.passphrase === undefined ? {} : { passphrase: options.passphrase }),
      }),
    )
    if (opened.ok) return
    // A wrong passphrase in the environment is asked again on the screen.
    if (opened.fault.code === 'register.badPassphrase') move('unlock', opened.fault)
    else move('failed', opened.fault)
  }

  const before = (name: Call, input: unknown): Promise<Result<unknown>> | Result<unknown> => {
    switch (name) {
      case 'app.state':
        return ok(stateBefore())
      case 'session.current':
        return ok({})
      case 'session.card':
        return ok({ state: 'none' })
      case 'register.begin':
        return beginRegister(input as In<'register.begin'>) // parsed by the shape of this call
      case 'register.rescue':
        return rescue(input as In<'register.rescue'>) // parsed by the shape of this call
      case 'register.startAgain':
        if (phase !== 'failed') return err(faultOf('register.locked'))
        options.startAgain?.()
        return ok({})
      case 'register.unlock':
        return unlock((input as In<'register.unlock'>).passphrase)
      default:
        return err(faultOf('register.locked'))
    }
  }

  return {
    worker: () => worker,
    // Whoever signs in while the register opens by itself waits for it.
    register: (name) => (phase === 'starting' && !early.has(name) ? begun.then(() => worker) : worker),
    before,
    begin: () => (begun = begin()),
    close: async () => {
      // A register that is just being opened, by itself or by a passphrase, is opened first, and then closed as it
      // should be.
      await begun.catch(() => undefined)
      await opening
      await worker?.close()
    },
  }
}

/** Answered while the register is still being opened. */
const early: ReadonlySet<Call> = new Set([
  'app.state',
  'session.current',
  'session.card',
  'register.begin',
  'register.rescue',
  'register.startAgain',
  'register.unlock',
])

const prepared = (dataDir: string): ReturnType<typeof keyState> => {
  try {
    makeFolder(dataDir)
    return keyState(dataDir)
  } catch (cause) {
    return err(fileFault(cause))
  }
}
