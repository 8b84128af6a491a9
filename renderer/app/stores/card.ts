import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { CardView, IdentityView } from '#shared/contract/views.ts'

/** The reader, and the citizen at the desk. */
export const useCard = defineStore('card', () => {
  const card = shallowRef<CardView>({ state: 'noReader' })
  const citizen = shallowRef<IdentityView>()
  return { card, citizen }
})
