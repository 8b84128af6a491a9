import type { z } from 'zod'
import type { Access } from '#shared/contract/call.ts'
import type { Door } from '#shared/contract/doorNames.ts'
import type { Shape } from '#shared/contract/wire.ts'
import type { Result } from '#shared/result.ts'
import type { SignedIn } from './context.ts'
import type { Session } from './sessions.ts'

/** Who asks: every question carries it. */
export interface Caller {
  readonly door: Door
  /** Who was signed in at this window when it asked. */
  readonly who: SignedIn | undefined
  /** The window that asks. */
  readonly session: Session
  /** Aborted when the answer is not wanted any more. */
  readonly signal: AbortSignal
}

/** A caller behind a call that is not public: somebody is signed in. */
export interface KnownCaller extends Caller {
  readonly who: SignedIn
}

/** Calls with their access, as a file of the contract exports them. */
export type CallShape = Shape & Readonly<Record<string, { readonly access: Access }>>

/** The answer to one call. */
export type Handler<C extends CallShape[string]> = (
  input: z.output<C['input']>,
  caller: C['access'] extends 'public' ? Caller : KnownCaller,
) => Promise<Result<z.output<C['output']>>> | Result<z.output<C['output']>>

/** The answers to all calls of a shape. Their access is checked before they are asked. */
export type Answers<S extends CallShape> = { readonly [C in keyof S]: Handler<S[C]> }
