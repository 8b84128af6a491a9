import type { Answers, CallShape } from './caller.ts'
import type { HandlerContext } from './handlerContext.ts'

/** One feature of the program, in this process: `C` are the calls of its file in `shared/contract/features`. */
export interface Feature<C extends CallShape> {
  /** The answers to its calls, over the register at work. Their access is checked before they are asked. */
  readonly calls: (answering: HandlerContext) => Answers<C>
  /** What it does by itself while the register is open, as tasks of `answering.background`, which ends them. */
  readonly background?: (answering: HandlerContext) => void
}

type Listed = Readonly<
  Record<string, Pick<Feature<never>, 'background'> & { readonly calls: (at: HandlerContext) => object }>
>
type Both<U> = (U extends unknown ? (one: U) => void : never) extends (all: infer I) => void ? I : never

/** The answers of all features in one table; the contract refuses that two features name the same call. */
export function joinedCalls<F extends Listed>(
  features: F,
  answering: HandlerContext,
): Both<ReturnType<F[keyof F]['calls']>> {
  const all = Object.values(features).flatMap((feature) => Object.entries(feature.calls(answering)))
  // Every table was copied whole.
  return Object.fromEntries(all) as Both<ReturnType<F[keyof F]['calls']>>
}

/** Begins what the features do by themselves. */
export function joinedBackground(features: Listed, answering: HandlerContext): void {
  for (const feature of Object.values(features)) feature.background?.(answering)
}
