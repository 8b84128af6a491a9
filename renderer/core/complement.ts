import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { DepositView } from '#shared/contract/features/intake/calls.ts'
import type { RegisterNumber } from '#shared/ids.ts'

/** What any screen asks to be completed: a deposit that lacks something. */
export const useComplement = defineStore('complement', () => {
  const asked = shallowRef<RegisterNumber>()
  /** The newest that was completed: lists that show it read it again. */
  const made = shallowRef<DepositView>()
  return {
    asked,
    made,
    ask: (number: RegisterNumber): void => {
      asked.value = number
    },
    done: (deposit?: DepositView): void => {
      asked.value = undefined
      made.value = deposit ?? made.value
    },
  }
})

/** Whether a deposit still waits for its one complement; whether in time is said where it is asked for. */
export const waitsForPieces = ({ missing, complemented, standing }: DepositView): boolean =>
  missing !== undefined && missing.length > 0 && complemented !== true && standing !== 'cancelled'
