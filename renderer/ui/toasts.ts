import { inject, shallowRef, type InjectionKey, type ShallowRef } from 'vue'
import type { Tone } from './tones.ts'

export interface Toast {
  readonly text: string
  readonly tone?: Tone
  /** What is offered instead of a question before the act. */
  readonly undo?: { readonly label: string; readonly run: () => void }
}
export interface Toasts {
  readonly shown: Readonly<ShallowRef<readonly (Toast & { readonly id: number })[]>>
  readonly say: (toast: Toast) => void
  readonly dismiss: (id: number) => void
}
export const toastsKey: InjectionKey<Toasts> = Symbol('toasts')

/** Facts that just became true. Those with an undo stay longer; at most three are in sight. */
export function createToasts(): Toasts {
  const shown = shallowRef<readonly (Toast & { readonly id: number })[]>([])
  let last = 0
  const dismiss = (id: number): void => {
    shown.value = shown.value.filter((one) => one.id !== id)
  }
  return {
    shown,
    dismiss,
    say: (toast) => {
      const id = (last += 1)
      shown.value = [...shown.value, { ...toast, id }].slice(-3)
      setTimeout(
        () => {
          dismiss(id)
        },
        toast.undo === undefined ? 5000 : 10_000,
      )
    },
  }
}

/** The toasts of whoever is signed in, or of the door before that. */
export function useToasts(): Toasts {
  const toasts = inject(toastsKey)
  if (toasts === undefined) throw new TypeError('toasts are not provided')
  return toasts
}
