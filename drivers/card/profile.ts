import type { CardAccess, CardReading, Emrtd } from '#shared/contract/cardEvents.ts'
import type { Checks, Identity, Photo } from '#shared/domain/identity.ts'
import type { CardChannel } from '#shared/ports/cardChannel.ts'
import type { Result } from '#shared/result.ts'
import type { Trust } from './trust.ts'

/** What a card says, as far as it has been read. */
export interface CardContent {
  readonly identity: Identity
  readonly photo?: Photo
  readonly checks: Checks
  readonly emrtd?: Emrtd
}

/** What a reading tells while it goes on: the step it is in (files done of total), or what is known by now. */
export type Progress =
  | { readonly state: 'reading'; readonly step: 'identity' | 'photo' | 'proof'; readonly done: number; readonly total: number }
  | { readonly state: 'identity' | 'photo'; readonly reading: CardReading }

export interface ProfileContext {
  readonly trust: Trust
  /** What the agent gave to open a closed chip. */
  readonly access: CardAccess
  readonly now: Date
  onStep(step: 'identity' | 'photo' | 'proof', done: number, total: number): void
  /** Called as soon as identity and address are known, and again with the photo. */
  onContent(state: 'identity' | 'photo', content: CardContent): void
}

export type Read = (context: ProfileContext) => Promise<Result<CardContent>>

/** One kind of card: its folder under `profiles/` is all there is to it. */
export interface CardProfile {
  /** As told in `CardReading.profile`. */
  readonly name: string
  /**
   * Recognises a card of that kind with as few commands as possible, and returns how to read on from where it left the card;
   * undefined for another card. Only a fault of the channel is a fault: a card that refuses is simply another card.
   */
  recognise(channel: CardChannel): Promise<Result<Read | undefined>>
}
