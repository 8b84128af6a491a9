import type { Fault } from './fault.ts'

/** The outcome of anything that can fail: no exception crosses a room. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: Fault }

/** A success. */
export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value })

/** A failure. */
export const err = (fault: Fault): { readonly ok: false; readonly fault: Fault } => ({ ok: false, fault })

/** Unreachable by construction: the compiler proves that every member of a union was handled. */
export function assertNever(value: never): never {
  throw new TypeError(`unhandled member: ${String(value)}`)
}
