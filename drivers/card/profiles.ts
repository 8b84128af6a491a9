import type { CardProfile } from './profile.ts'
import { beEid } from './profiles/beEid/beEid.ts'

/**
 * Loaded when such a document may be there: its cryptography takes as long to load as a card takes to say who it
 * belongs to.
 */
const icao: CardProfile = {
  name: 'icao',
  recognise: async (channel) => (await import('./profiles/icao/icao.ts')).icao.recognise(channel),
}

/** The Moroccan documents among them, and no others. */
const maCnie: CardProfile = {
  name: 'ma-cnie',
  recognise: async (channel) => (await import('./profiles/maCnie/onlyMoroccan.ts')).onlyMoroccan.recognise(channel),
}

/**
 * Every card that can be read, tried in this order. A new kind of card is a folder under `profiles/` and a line here.
 */
const profiles: readonly CardProfile[] = [beEid, icao]
/** What can be asked for by name. */
const named: readonly CardProfile[] = [...profiles, maCnie]
/** Their names. */
export const profileNames: readonly string[] = named.map(({ name }) => name)
/** Behind a contactless reader (ATR 3B 8n 80 01, PC/SC part 3 §3.1.3.2.3) the same in the order of what is likely. */
const contactless = profiles.toReversed()
const isContactless = (atr: Uint8Array): boolean =>
  atr[0] === 0x3b && ((atr[1] ?? 0) & 0xf0) === 0x80 && atr[2] === 0x80 && atr[3] === 0x01

/**
 * The profiles in the order in which they are tried on a card with this answer to reset; the one that is asked for by
 * name alone.
 */
export const profilesFor = (atr: Uint8Array, name?: string): readonly CardProfile[] =>
  name !== undefined ? named.filter((one) => one.name === name) : isContactless(atr) ? contactless : profiles
