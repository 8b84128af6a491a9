import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { ReceiptId } from '#shared/ids.ts'

/** What any screen asks to be printed again: a receipt, or without an id the newest one. */
export const useReprint = defineStore('reprint', () => {
  const asked = shallowRef<{ readonly receiptId: ReceiptId | undefined }>()
  return {
    asked,
    ask: (receiptId?: ReceiptId): void => {
      asked.value = { receiptId }
    },
    done: (): void => {
      asked.value = undefined
    },
  }
})
