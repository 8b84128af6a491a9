import { calls, type Call, type Calls, type In, type Out } from '#shared/contract/calls.ts'
import { mayCall } from '#shared/contract/doors.ts'
import { faultOf } from '#shared/fault.ts'
import { err, type Result } from '#shared/result.ts'
import { refusal } from './core/access.ts'
import type { Answers, Caller } from './core/caller.ts'
import type { Session } from './core/sessions.ts'
import { inTheNameOf } from './core/standing.ts'
import type { Worker } from './core/workerOptions.ts'

/** The register at work, as far as a question needs it. */
export type AtWork = Pick<Worker, 'answers' | 'afterwards'> & Partial<Pick<Worker, 'standing'>>

/** What stands before the register: it answers little itself until the register is open. */
export interface BeforeIt {
  /** The register that answers this call; nothing while it cannot be opened. Waits while it opens by itself. */
  readonly register: (name: Call) => Promise<AtWork | undefined> | AtWork | undefined
  /** What is answered before the register is open. */
  readonly before: (name: Call, input: unknown) => Promise<Result<unknown>> | Result<unknown>
}

/** Asks one call in the name of a window; its input was parsed by the shape of that call. */
export type Dispatch = (
  name: string,
  input: unknown,
  from: { readonly session: Session; readonly signal: AbortSignal },
) => Promise<Result<unknown>>

/**
 * The way of every question: its door, the gate before the register, the rights of who asks, the answer, and what
 * follows an act. Faults: call.unknown (not of this door), register.locked, session.none, session.forbidden, and those
 * of the call.
 */
export const createDispatch =
  ({ register, before }: BeforeIt): Dispatch =>
  async (name, input, { session, signal }) => {
    if (!mayCall(session.door, name)) return err(faultOf('call.unknown', name.slice(0, 80)))
    const atWork = await register(name)
    if (atWork === undefined) return before(name, input)
    const fallen = atWork.standing?.(session)
    if (fallen !== undefined && calls[name].access !== 'public') return err(fallen)
    const caller: Caller = { door: session.door, who: session.current(), session, signal }
    const refused = refusal(calls[name].access, caller.who)
    if (refused !== undefined) return err(refused)
    try {
      return await inTheNameOf(calls[name].access === 'public' ? undefined : caller.who, () =>
        handlerOf(atWork.answers, name)(input, caller),
      )
    } finally {
      atWork.afterwards()
    }
  }

// The input was parsed by the shape of this very call, and somebody is signed in where the access asks for it.
const handlerOf = (answers: Answers<Calls>, name: Call) =>
  answers[name] as unknown as (input: unknown, caller: Caller) => Promise<Result<unknown>> | Result<unknown>

/** Asks an open register within this process: the command line and tests. The input is parsed here. */
export const askOf = (worker: AtWork, session: Session, signal: AbortSignal) => {
  const dispatch = createDispatch({ register: () => worker, before: () => err(faultOf('register.locked')) })
  return async <C extends Call>(name: C, input: In<C>): Promise<Result<Out<C>>> => {
    const parsed = calls[name].input.safeParse(input)
    if (!parsed.success)
      return err(
        faultOf(
          'call.invalid',
          parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.code}`).join('; '),
        ),
      )
    // The handler of this very call answers with its output.
    return (await dispatch(name, parsed.data, { session, signal })) as Result<Out<C>>
  }
}
