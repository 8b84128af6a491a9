import type { TrainingCard } from '../contract/cardEvents.ts'

/** The readable zones of simulated cards that open by nothing else, as a scanner would read them from a specimen. */
export const specimenZones: Readonly<Partial<Record<TrainingCard, string>>> = {
  cnie: 'I<MARSP00000425<<<<<<<<<<<<<<<\n8809173F3311156MARZZ012345<<<3\nSPECIMEN<BENNANI<<YASMINE<<<<<',
  cnieClosed: 'I<MARSP00000425<<<<<<<<<<<<<<<\n8809173F3311156MARZZ012345<<<3\nSPECIMEN<BENNANI<<YASMINE<<<<<',
  passport: 'P<UTOSPECIMEN<ERIKSSON<<ANNA<MARIA<<<<<<<<<<\nL8988901C4UTO7408122F3312315ZE184226B<<<<<12',
}
