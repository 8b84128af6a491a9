import { inject, type InjectionKey } from 'vue'
import type { ReceiptId } from '#shared/ids.ts'

export const reprintKey: InjectionKey<(receiptId: ReceiptId | undefined) => void> = Symbol('reprint')

/** Asks for the reason and prints a DUPLICATA of a receipt; without an id, of the last one of the day. */
export function useReprint(): (receiptId: ReceiptId | undefined) => void {
  const ask = inject(reprintKey)
  if (ask === undefined) throw new TypeError('reprint is not provided')
  return ask
}
