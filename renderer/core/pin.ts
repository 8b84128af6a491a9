import { shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import type { Fault } from '#shared/fault.ts'

/** Digits of a PIN as they may be typed. */
export const pinPattern = /^\d{4,12}$/

/** What a call takes of a typed PIN: bytes, which can be wiped; nothing for an empty field. */
export const typedPin = (digits: string): { pin?: Uint8Array<ArrayBuffer> } =>
  digits === '' ? {} : { pin: new TextEncoder().encode(digits) }

/** Overwrites the digits once the call that took them has answered. */
export async function wiping<T>(digits: { readonly pin?: Uint8Array | undefined }, asked: Promise<T>): Promise<T> {
  try {
    return await asked
  } finally {
    digits.pin?.fill(0)
  }
}

/** What a call takes of the PIN in a field, which is empty from then on. */
export function takePin(field: Ref<string>): ReturnType<typeof typedPin> {
  const digits = typedPin(field.value)
  field.value = ''
  return digits
}

interface SecondPin {
  readonly pin: ShallowRef<string>
  readonly asked: ShallowRef<boolean>
  /** What a call takes of it. */
  readonly take: () => ReturnType<typeof typedPin>
  readonly clear: () => void
}

/**
 * The PIN of a second person's card: asked for once the counter says that it is missing, typed again after each
 * refusal.
 */
export function useSecondPin(fault: () => Fault | undefined): SecondPin {
  const pin = shallowRef('')
  const asked = shallowRef(false)
  watch(fault, (now) => {
    if (now === undefined) return
    pin.value = ''
    if (now.code === 'session.pinNeeded' || now.code === 'session.pinWrong') asked.value = true
    if (now.code === 'session.pinBlocked') asked.value = false
  })
  return {
    pin,
    asked,
    take: () => {
      const digits = takePin(pin)
      return asked.value ? digits : {}
    },
    clear: () => {
      pin.value = ''
      asked.value = false
    },
  }
}
