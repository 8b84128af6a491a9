import type { Procedure } from '#shared/domain/request/procedure.ts'
import type { Result } from '#shared/result.ts'
import type { ReadHandle } from '#electron/worker/store/handle.ts'
import type { TestWorker } from '#tests/builders/worker.ts'
import type { Draw } from '#tests/fuzz/draw.ts'

/** A window that asks the worker. */
export type Window = Pick<TestWorker, 'ask'>

/** What the windows of one life have in common. */
export interface Shared {
  /** The kiosk, where nobody is signed in. */
  readonly kiosk: Window
  /** Ids of drafts that any of them may write on. */
  readonly drafts: string[]
  /** Which window saved which version, by the id of the draft and the revision. */
  readonly savedBy: Map<string, string>
  /** Files are drawn from the same choices in every life, so that one content comes again and again. */
  readonly files: number
}

/** Somebody at one window of a counter, who works at random until it is killed. */
export interface Hand {
  readonly worker: Window
  readonly draw: Draw
  readonly sheets: readonly Procedure[]
  /** Where the printer keeps what came out. */
  readonly trail: string
  readonly shared: Shared
  /** Names this window to the drafts that it saves. */
  readonly writer: string
  /**
   * Says what is tried, tries it, and says what was heard: `evidence` is what the parent looks for after the kill. What
   * has an id may be asked at another window at the same time: it is one act all the same.
   */
  readonly act: <T>(
    kind: string,
    id: string,
    ask: (at: Window) => Promise<Result<T>>,
    evidence: (value: T) => string,
  ) => Promise<Result<T>>
  /** Says that something was refused before it came to an act. */
  readonly refused: (kind: string, code: string) => void
}

/**
 * One kind of act, by the kind of its link in the journal: how it is done, and how it is found again after the kill.
 */
export interface Driver {
  /** How often among others. */
  readonly weight: number
  drive(hand: Hand): Promise<void>
  held(db: ReadHandle, id: string, evidence: string): boolean
}
