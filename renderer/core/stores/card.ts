import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { Mrz } from '#shared/domain/mrz/mrz.ts'
import type { CardView, IdentityView } from '#shared/contract/features/intake/calls.ts'

/** The reader, and the citizen at the desk. */
export const useCard = defineStore('card', () => {
  const card = shallowRef<CardView>({ state: 'noReader' })
  const citizen = shallowRef<IdentityView>()
  /** A machine-readable zone that was scanned, until it is used or dropped. */
  const zone = shallowRef<Mrz>()
  return { card, citizen, zone }
})
