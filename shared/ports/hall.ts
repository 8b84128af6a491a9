import type { HallFacts, HallRequest } from '../contract/hallCalls.ts'
import type { Result } from '../result.ts'

/** The station of this counter, in a process of its own that may die. */
export interface HallPort {
  /** Faults: hall.notRunning, and those of the request. The answer is of the shape that its request has. */
  ask(request: HallRequest): Promise<Result<unknown>>
  /** What was told last; nothing while no station is heard. */
  facts(): HallFacts | undefined
  /** Hears every change; what comes back ends that. */
  onChange(listener: () => void): () => void
}
