import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { AppState } from '#shared/contract/features/app/calls.ts'

/** The program as a whole: its phase, its counter, its runtime. */
export const useApp = defineStore('app', () => {
  const state = shallowRef<AppState>()
  return { state }
})
