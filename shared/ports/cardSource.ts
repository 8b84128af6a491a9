import type { CardAccess, CardEvent, CardReading, ReaderInfo, TrainingCard } from '../contract/cardEvents.ts'
import type { Result } from '../result.ts'
import type { CardSigner } from './cardSigner.ts'

/** Card readers as the worker sees them. Implemented by `drivers/card` (PC/SC) and `drivers/fake` (training). */
export interface CardSource extends CardSigner {
  /** The readers that can hold a card; virtual cards and security keys are left out. */
  list(): Promise<Result<readonly ReaderInfo[]>>
  /**
   * Streams every state change until the returned function is called. A card that arrives is read by itself;
   * the current state of each reader is replayed at once to a new listener.
   */
  watch(listener: (event: CardEvent) => void): () => void
  /** Reads (again) the card in a reader, or in the first one that holds a card; `access` opens a closed chip. */
  read(options: { reader?: string; access?: CardAccess; signal?: AbortSignal }): Promise<Result<CardReading>>
  close(): Promise<void>
}

/** The drawer of simulated cards behind the same port: one reader, and a hand that plugs and pulls. */
export interface SimulatedCards extends CardSource {
  /** Replaces the card in the reader, if any. Fault: file.unreadable (the drawn photos are missing). */
  insert(card: TrainingCard): Promise<Result<void>>
  remove(): void
}
