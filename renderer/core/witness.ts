import { computed, shallowRef, watch, type ComputedRef, type Ref } from 'vue'
import type { Fault } from '#shared/fault.ts'
import { pinPattern, useSecondPin } from './pin.ts'

/** Why something is done, and the second person who answers for it with an own login and password. */
export interface Decision {
  readonly reason: string
  readonly second: { readonly login: string; readonly password: string; readonly pin?: Uint8Array<ArrayBuffer> }
}

type Field = 'reason' | 'login' | 'password' | 'pin'

export interface Witness extends Readonly<Record<Field, Ref<string>>> {
  /** The second person's card asks for its PIN. */
  readonly asksPin: Ref<boolean>
  /** How often somebody confirmed while something was missing: it is shown from the first time on. */
  readonly tries: Ref<number>
  readonly missing: ComputedRef<Readonly<Record<Field, boolean>>>
  /** The decision when all of it is there; otherwise nothing, and what is missing is shown. */
  readonly take: () => Decision | undefined
  readonly clear: () => void
}

/** Letters that a reason has at least; the contract asks for them too. */
const shortestReason = 3

/**
 * The form for four eyes: a reason, and the login, the password and, where the card asks for it, the PIN of the second
 * person. `fault` is what the last try was refused for.
 */
export function useWitness(fault: () => Fault | undefined): Witness {
  const [reason, login, password, tries] = [shallowRef(''), shallowRef(''), shallowRef(''), shallowRef(0)]
  const { pin, asked, take: takePin, clear: clearPin } = useSecondPin(fault)
  // A password that was refused is typed again; it is not tried before the PIN is right.
  watch(fault, (now) => {
    if (now !== undefined && !now.code.startsWith('session.pin')) password.value = ''
  })
  const missing = computed(() => ({
    reason: reason.value.trim().length < shortestReason,
    login: login.value.trim() === '',
    password: password.value === '',
    pin: asked.value && !pinPattern.test(pin.value),
  }))
  return {
    reason,
    login,
    password,
    pin,
    asksPin: asked,
    tries,
    missing,
    take: () => {
      if (Object.values(missing.value).some(Boolean)) {
        tries.value += 1
        return undefined
      }
      tries.value = 0
      return {
        reason: reason.value.trim(),
        second: { login: login.value.trim(), password: password.value, ...takePin() },
      }
    },
    clear: () => {
      reason.value = login.value = password.value = ''
      tries.value = 0
      clearPin()
    },
  }
}
