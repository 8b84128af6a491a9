import { shallowRef } from 'vue'
import type { ReceiptId } from '#shared/ids.ts'
import { defineSessionStore } from './stores/sessionStore.ts'

/** What any screen asks to be printed again: a receipt, or without an id the newest one. */
export const useReprint = defineSessionStore('reprint', () => {
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
