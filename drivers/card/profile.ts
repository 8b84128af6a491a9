import type { CardAccess, CardReading, Declared, Emrtd } from '#shared/contract/cardEvents.ts'
import type { CardSignature, SignState } from '#shared/domain/identity/cardSignature.ts'
import type { Checks, Identity, Photo } from '#shared/domain/identity/identity.ts'
import type { CardChannel } from '#shared/ports/cardChannel.ts'
import type { SignOrder } from '#shared/ports/cardSigner.ts'
import type { Result } from '#shared/result.ts'
import type { Pinpad } from './pinpad.ts'
import type { Trust } from './trust.ts'

/** What a card says, as far as it has been read. */
export interface CardContent {
  /** A more exact name of the card than its profile's, where one is known. */
  readonly profile?: string
  readonly identity: Identity
  readonly photo?: Photo
  readonly checks: Checks
  readonly emrtd?: Emrtd
  readonly declared?: Declared
  /** Every other field by its name. */
  readonly details?: Readonly<Record<string, string>>
  /** SHA-256 of the public key that the chip proved to hold, in lower-case hexadecimal. */
  readonly chipKey?: string
}

/** What a reading tells while it goes on: the step it is in (files done of total), or what is known by now. */
export type Progress =
  | {
      readonly state: 'reading'
      readonly step: 'identity' | 'photo' | 'proof'
      readonly done: number
      readonly total: number
    }
  | { readonly state: 'identity' | 'photo'; readonly reading: CardReading }

export interface ProfileContext {
  readonly trust: Trust
  /** What the agent gave to open a closed chip. */
  readonly access: CardAccess
  readonly now: Date
  /** Readers that turned out to carry no answers of extended length; a profile that finds one adds it. */
  readonly shortOnly: Set<string>
  /**
   * Aborted when the card is gone or the reading is given up; a profile that waits for anything but the card watches
   * it.
   */
  readonly signal?: AbortSignal
  onStep(step: 'identity' | 'photo' | 'proof', done: number, total: number): void
  /** Called as soon as identity and address are known, and again with the photo. */
  onContent(state: 'identity' | 'photo', content: CardContent): void
}

export type Read = (context: ProfileContext) => Promise<Result<CardContent>>

/** What signing needs besides the card. */
export interface SigningContext {
  readonly order: Pick<SignOrder, 'key' | 'data' | 'scheme' | 'pin'>
  readonly trust: Trust
  /** The reader's own keys: used instead of a typed PIN. */
  readonly pinpad?: Pinpad | undefined
  /** Called right before the PIN goes to the card: from here on a try may have been used. */
  readonly onPin: () => void
}

/** How a kind of card signs; both begin where `recognise` left the card. */
export interface ProfileSigner {
  state(channel: CardChannel): Promise<Result<Pick<SignState, 'tries'>>>
  sign(
    channel: CardChannel,
    context: SigningContext,
  ): Promise<Result<Pick<CardSignature, 'scheme' | 'signature' | 'certificate' | 'chain'>>>
}

/** One kind of card: its folder under `profiles/` is all there is to it. */
export interface CardProfile {
  /** As told in `CardReading.profile`. */
  readonly name: string
  /**
   * Recognises a card of that kind with as few commands as possible, and returns how to read on from where it left the
   * card;
   * undefined for another card. Only a fault of the channel is a fault: a card that refuses is simply another card.
   */
  readonly recognise: (channel: CardChannel) => Promise<Result<Read | undefined>>
  /** Absent where such a card does not sign. */
  readonly signer?: ProfileSigner
}
