import { computed, shallowRef, watch } from 'vue'
import type { Out } from '#shared/contract/calls.ts'
import type { SignState } from '#shared/domain/identity/cardSignature.ts'
import type { Fault } from '#shared/fault.ts'
import { useBridge } from '../../../core/bridge/index.ts'
import { obstacleTo } from '../request/draft.ts'
import { useCitizen } from './citizen.ts'
import { useRequest } from './request.ts'
import { defineSessionStore } from '../../../core/stores/sessionStore.ts'

/**
 * The citizen's own signature under the request at hand: asked for, made, and dropped as soon as the request says
 * something else.
 */
export const useSignature = defineSessionStore('counter.signature', () => {
  const bridge = useBridge()
  const desk = useCitizen()
  const request = useRequest()
  const open = shallowRef(false)
  const state = shallowRef<SignState>()
  const fault = shallowRef<Fault>()
  const signing = shallowRef(false)
  const signed = shallowRef<Out<'card.sign'>>()

  /** Only the card that was read signs, while it is here, and only what can be deposited. */
  const possible = computed(
    () => desk.citizen?.signs === true && desk.citizen.cardPresent && obstacleTo(request.draft, true) === undefined,
  )
  /** The question to the card that is not answered yet; what comes after it was given up is about somebody else. */
  let question = new AbortController()
  const begin = (): AbortSignal => {
    question.abort()
    question = new AbortController()
    return question.signal
  }
  watch(
    () => [desk.citizen?.identityId, request.draft],
    () => {
      question.abort()
      signing.value = false
      open.value = false
      signed.value = undefined
    },
  )

  const ask = async (): Promise<void> => {
    if (!possible.value || signed.value !== undefined || signing.value) return
    const asked = begin()
    fault.value = undefined
    state.value = undefined
    open.value = true
    const result = await bridge.call('card.signState', {}, asked)
    if (asked.aborted) return
    if (result.ok) state.value = result.value
    else fault.value = result.fault
  }
  /** `pin` is overwritten when the card has answered. */
  const sign = async (pin: Uint8Array<ArrayBuffer> | undefined): Promise<void> => {
    const [citizen, draft] = [desk.citizen, request.draft]
    if (citizen === undefined || draft === undefined || signing.value) return
    const asked = begin()
    signing.value = true
    fault.value = undefined
    const result = await bridge.call(
      'card.sign',
      { identityId: citizen.identityId, draft, ...(pin === undefined ? {} : { pin }) },
      asked,
    )
    pin?.fill(0)
    if (asked.aborted) return
    signing.value = false
    if (!result.ok) {
      fault.value = result.fault
      const left = result.fault.values?.['tries']
      if (state.value !== undefined && typeof left === 'number') state.value = { ...state.value, tries: left }
      return
    }
    signed.value = result.value
    open.value = false
  }
  return {
    open,
    state,
    fault,
    signing,
    signed,
    possible,
    ask,
    sign,
    drop: (): void => {
      signed.value = undefined
    },
  }
})
