import { enableAutoUnmount, flushPromises } from '@vue/test-utils'
import { defineComponent, h, nextTick, shallowRef, type Component } from 'vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { faultOf, type Fault } from '#shared/fault.ts'
import { demoBridge } from './bridge/demo/index.ts'
import BindDialog from '../features/accounts/BindDialog.vue'
import DecisionDialog from '../features/corrections/DecisionDialog.vue'
import ReopenDialog from '../features/closing/ReopenDialog.vue'
import { takePin, wiping } from './pin.ts'
import PinField from './PinField.vue'
import { mountIn } from './testing/mountIn.ts'

enableAutoUnmount(afterEach)
/** The bytes that digits were made into, as the call had them. */
let made: Uint8Array[]
beforeEach(() => {
  made = []
  vi.stubGlobal('__DEMO__', false)
  vi.spyOn(TextEncoder.prototype, 'encode').mockImplementation((text = '') => {
    const bytes = Uint8Array.from([...text], (letter) => letter.charCodeAt(0))
    made.push(bytes)
    return bytes
  })
})
afterEach(() => {
  vi.restoreAllMocks()
})

const wiped = (): void => {
  expect(made.length).toBe(1)
  expect(made.flatMap((bytes) => [...bytes])).toEqual([0, 0, 0, 0])
}
/** A screen that is left when the session ends. */
const behindSession = (
  screen: () => ReturnType<typeof h>,
): { readonly session: { value: boolean }; readonly page: Component } => {
  const session = shallowRef(true)
  return { session, page: defineComponent({ setup: () => () => (session.value ? screen() : null) }) }
}
const digits = (): HTMLInputElement => {
  const field = document.querySelector<HTMLInputElement>('[data-testid=card-pin]')
  if (field === null) throw new Error('no PIN is asked for')
  return field
}
const type = async (text: string): Promise<HTMLInputElement> => {
  const field = digits()
  field.value = text
  field.dispatchEvent(new Event('input'))
  await nextTick()
  return field
}

it('a taken PIN has left its field, and its bytes are overwritten when the call ends, also by a throw', async () => {
  const field = shallowRef('1234')
  const taken = takePin(field)
  expect([field.value, ...(taken.pin ?? [])]).toEqual(['', 49, 50, 51, 52])
  await expect(wiping(taken, Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  wiped()
})

it('a PIN goes with its field: the element that is left empty, and what the screen knew', async () => {
  const pin = shallowRef('')
  const { session, page } = behindSession(() =>
    h(PinField, {
      modelValue: pin.value,
      'onUpdate:modelValue': (now: string) => {
        pin.value = now
      },
    }),
  )
  await mountIn(page, 'typical')
  const field = await type('1234')
  expect(pin.value).toBe('1234')
  session.value = false
  await nextTick()
  expect([field.isConnected, field.value, pin.value]).toEqual([false, '', ''])
})

describe('the PIN of a card that is bound', () => {
  const open = shallowRef(true)
  const bind = async () => {
    open.value = true
    const found = await demoBridge('accounts').call('account.list', {})
    const account = found.ok ? found.value.accounts[0] : undefined
    if (account === undefined) throw new Error('no account')
    const { session, page } = behindSession(() =>
      h(BindDialog, {
        account,
        open: open.value,
        'onUpdate:open': (now: boolean) => {
          open.value = now
        },
      }),
    )
    const { screen } = await mountIn(page, 'accounts')
    await vi.waitFor(digits)
    return { session, screen }
  }

  it('is gone from the field at once, and from memory after the answer', async () => {
    const { screen } = await bind()
    const field = await type('1234')
    await screen.get('[data-testid=bind-submit]').trigger('click')
    expect(field.value).toBe('')
    await vi.waitFor(() => {
      expect(open.value).toBe(false)
    })
    wiped()
  })

  it.each([
    [
      'cancelled',
      () => {
        open.value = false
      },
    ],
    ['locked', undefined],
  ] as const)('is gone when it is %s', async (_, leave) => {
    const { session } = await bind()
    const field = await type('1234')
    if (leave === undefined) session.value = false
    else leave()
    await nextTick()
    expect([field.isConnected, field.value]).toEqual([false, ''])
    if (leave === undefined) return
    open.value = true
    await vi.waitFor(digits)
    expect(digits().value).toBe('')
    expect(made).toEqual([])
  })
})

describe.each([
  [
    'a decision of two',
    (fault: Fault | undefined, shown: boolean, decide: (order: unknown) => void) =>
      h(DecisionDialog, {
        kind: shown ? ('cancel' as const) : undefined,
        number: '2026/RAB03-G2/000001',
        fault,
        busy: false,
        onDecide: decide,
      }),
  ],
  [
    'a day opened again by two',
    (fault: Fault | undefined, shown: boolean, decide: (order: unknown) => void) =>
      h(ReopenDialog, { open: shown, fault, busy: false, onReopen: decide }),
  ],
])('the second PIN of %s', (_, dialog) => {
  const sit = async () => {
    const [fault, shown] = [shallowRef<Fault>(), shallowRef(false)]
    const orders: unknown[] = []
    const { session, page } = behindSession(() => dialog(fault.value, shown.value, (order) => orders.push(order)))
    const { screen } = await mountIn(page, 'supervisor')
    shown.value = true
    await flushPromises()
    const fields = [
      ...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('dialog textarea, dialog input'),
    ]
    for (const field of fields) {
      field.value = 'spécimen'
      field.dispatchEvent(new Event('input'))
    }
    fault.value = faultOf('session.pinNeeded')
    await flushPromises()
    return {
      fault,
      shown,
      orders,
      session,
      confirm: () => screen.get('dialog').trigger('keydown', { key: 'Enter', ctrlKey: true }),
    }
  }

  it('is gone from the field once it is given on, and is typed again after a refusal', async () => {
    const { confirm, orders, fault } = await sit()
    const field = await type('1234')
    await confirm()
    expect(field.value).toBe('')
    expect(JSON.stringify(orders)).toContain('"pin":')
    expect(document.querySelector('[aria-invalid=true]')).toBeNull()
    fault.value = faultOf('session.pinWrong', undefined, { tries: 2 })
    await flushPromises()
    await confirm()
    expect(orders.length).toBe(1)
  })

  it.each(['cancelled', 'locked'] as const)('is gone when it is %s', async (how) => {
    const { shown, session } = await sit()
    const field = await type('1234')
    if (how === 'locked') session.value = false
    else shown.value = false
    await flushPromises()
    expect([field.isConnected, field.value, made]).toEqual([false, '', []])
  })
})
