import type { CardReading } from '#shared/contract/cardEvents.ts'
import type { Checks, Identity, Photo } from '#shared/domain/identity.ts'
import type { CardChannel } from '#shared/ports/cardChannel.ts'
import type { Result } from '#shared/result.ts'
import type { Trust } from './trust.ts'

/** What a card says, as far as it has been read. */
export interface CardContent {
  readonly identity: Identity
  readonly photo?: Photo
  readonly checks: Checks
}

/** What a reading tells while it goes on: the step it is in (files done of total), or what is known by now. */
export type Progress =
  | { readonly state: 'reading'; readonly step: 'identity' | 'photo' | 'proof'; readonly done: number; readonly total: number }
  | { readonly state: 'identity' | 'photo'; readonly reading: CardReading }

export interface ProfileContext {
  readonly trust: Trust
  onStep(step: 'identity' | 'photo' | 'proof', done: number, total: number): void
  /** Called as soon as identity and address are known, and again with the photo. */
  onContent(state: 'identity' | 'photo', content: CardContent): void
}

/** One kind of card: its folder under `profiles/` is all there is to it. */
export interface CardProfile {
  /** As told in `CardReading.profile`. */
  readonly name: string
  /**
   * Whether this card is of that kind, with as few commands as possible; `read` goes on from where it left the card.
   * Only a fault of the channel is a fault: a card that refuses is simply another card.
   */
  probe(channel: CardChannel): Promise<Result<boolean>>
  read(channel: CardChannel, context: ProfileContext): Promise<Result<CardContent>>
}
