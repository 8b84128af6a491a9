import type { HallFacts, HallRequest } from '../contract/hallCalls.ts'
import type { Result } from '../result.ts'

/** The station of this counter, in a process of its own that may die. */
export interface HallPort {
  /** Faults: hall.notRunning, and those of the request. The answer is of the shape that its request has. */
  ask(request: HallRequest): Promise<Result<unknown>>
  /**
   * The file of a ticket that was called here, as `onWanted` of the other counter gave it. Faults: ticket.state,
   * hall.fileAway (its station is not heard), hall.fileGone (nobody has it there to give).
   */
  file(ticket: string): Promise<Result<{ readonly file: string }>>
  /** Who gives the files of this register, by their ids, to the counters that called their tickets; one at a time. */
  onWanted(give: (id: string) => string | undefined): () => void
  /** What was told last; nothing while no station is heard. */
  facts(): HallFacts | undefined
  /** Hears every change; what comes back ends that. */
  onChange(listener: () => void): () => void
}
