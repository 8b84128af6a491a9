import { shallowRef } from 'vue'
import type { DepositView } from '#shared/contract/features/intake/calls.ts'
import { defineSessionStore } from '../../../core/stores/sessionStore.ts'

/** The deposit whose sheet is open over whatever screen: scanned, or found in the palette. */
export const useOpened = defineSessionStore('intake.opened', () => ({ deposit: shallowRef<DepositView>() }))
