import { shallowRef, watch, type ShallowRef } from 'vue'
import type { Fault } from '#shared/fault.ts'

/** Digits of a PIN as they may be typed. */
export const pinPattern = /^\d{4,12}$/

/** What a call takes of a typed PIN: bytes, which can be wiped; nothing for an empty field. */
export const typedPin = (digits: string): { pin?: Uint8Array<ArrayBuffer> } => (digits === '' ? {} : { pin: new TextEncoder().encode(digits) })

/** The PIN of a second person's card: asked for once the counter says that it is missing, typed again after each refusal. */
export function useSecondPin(fault: () => Fault | undefined): { readonly pin: ShallowRef<string>; readonly asked: ShallowRef<boolean>; readonly clear: () => void } {
  const pin = shallowRef('')
  const asked = shallowRef(false)
  watch(fault, (now) => {
    if (now === undefined) return
    pin.value = ''
    if (now.code === 'session.pinNeeded' || now.code === 'session.pinWrong') asked.value = true
    if (now.code === 'session.pinBlocked') asked.value = false
  })
  return {
    pin, asked,
    clear: () => {
      pin.value = ''
      asked.value = false
    },
  }
}
