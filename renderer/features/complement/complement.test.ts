import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h, shallowRef } from 'vue'
import type { DepositView } from '#shared/contract/features/intake/calls.ts'
import type { Bridge } from '../../core/bridge/index.ts'
import { useComplement } from '../../core/complement.ts'
import { keyboard } from '../../core/testing/keys.ts'
import { mountIn } from '../../core/testing/mountIn.ts'
import DepositSheet from '../../core/DepositSheet.vue'
import ComplementDialog from './ComplementDialog.vue'

enableAutoUnmount(afterEach)
beforeEach(() => {
  vi.stubGlobal('__DEMO__', false)
})

/** The sheet of a deposit and the dialog, as the frame has them. */
const shownDeposit = shallowRef<DepositView>()
const Both = defineComponent({
  render: () => [
    h(DepositSheet, {
      deposit: shownDeposit.value,
      onClose: () => {
        shownDeposit.value = undefined
      },
    }),
    h(ComplementDialog),
  ],
})
const incompleteOf = async (bridge: Bridge): Promise<DepositView> => {
  const day = await bridge.call('home.day', {})
  const found = day.ok ? day.value.deposits.find(({ complete }) => !complete) : undefined
  if (found === undefined) throw new Error('nothing is incomplete')
  return found
}
const said = (): string => document.querySelector('[data-testid=complement-said]')?.textContent?.trim() ?? ''
const shown = (): Promise<unknown> =>
  vi.waitFor(() => {
    expect(document.querySelector('[data-testid=complement-piece]')).not.toBeNull()
  })

describe('the complement', () => {
  it('lists what is missing and asks once before something stays missing for ever', async () => {
    const { bridge } = await mountIn(Both, 'typical')
    const deposit = await incompleteOf(bridge)
    useComplement().ask(deposit.number)
    await shown()
    expect(document.querySelector('dialog[open] h2')?.textContent).toContain(deposit.number.split('/').at(-1))
    await vi.waitFor(() => {
      expect((document.activeElement as HTMLInputElement).type).toBe('checkbox')
    })
    await keyboard.press('Ctrl+Enter')
    expect(said()).toContain('Cochez au moins une pièce')
    ;(document.activeElement as HTMLInputElement).click()
    await vi.waitFor(() => {
      expect(said()).toContain('Il manque encore')
    })
    await keyboard.press('Ctrl+Enter')
    expect((await incompleteOf(bridge)).number).toBe(deposit.number)
    expect(document.querySelector('[data-testid=complement-submit]')?.textContent).toContain('quand même')
    // The rest is there after all.
    document.querySelectorAll<HTMLInputElement>('[data-testid=complement-piece] input')[1]?.click()
    await vi.waitFor(() => {
      expect(said()).toContain('court à partir d’aujourd’hui')
    })
    await keyboard.press('Ctrl+Enter')
    await vi.waitFor(() => {
      expect(document.querySelector('dialog[open]')).toBeNull()
    })
    expect(await bridge.call('deposit.find', { number: deposit.number })).toMatchObject({
      value: { complete: true, complemented: true },
    })
  })

  it('takes scans and files by the keys of the counter: the piece is there then, and its file goes with it', async () => {
    const { bridge } = await mountIn(Both, 'typical')
    const deposit = await incompleteOf(bridge)
    const call = vi.spyOn(bridge, 'call')
    useComplement().ask(deposit.number)
    await shown()
    await vi.waitFor(() => {
      expect((document.activeElement as HTMLInputElement).type).toBe('checkbox')
    })
    await keyboard.press('F6')
    await vi.waitFor(() => {
      expect(document.querySelectorAll('[data-testid=complement-file]')).toHaveLength(1)
    })
    expect((document.activeElement as HTMLInputElement).checked).toBe(true)
    await keyboard.press('ArrowDown')
    expect((document.activeElement as HTMLInputElement).checked).toBe(false)
    await keyboard.press('ArrowUp')
    // A file that is none is told at its piece, and what was scanned stays.
    const picker = document.querySelector<HTMLInputElement>('.owed input[type=file]')
    Object.defineProperty(picker, 'files', { value: [new File([], 'vide.pdf')], configurable: true })
    picker?.dispatchEvent(new Event('change'))
    await vi.waitFor(() => {
      expect(document.querySelector('[data-code="attachment.unreadable"]')).not.toBeNull()
    })
    expect(document.querySelectorAll('[data-testid=complement-file]')).toHaveLength(1)
    await keyboard.press('Ctrl+Enter')
    await keyboard.press('Ctrl+Enter')
    await vi.waitFor(() => {
      expect(document.querySelector('dialog[open]')).toBeNull()
    })
    const issued = call.mock.calls.find(([name]) => name === 'complement.issue')?.[1]
    expect(issued).toMatchObject({ pieces: [{ attachments: [expect.stringMatching(/^[0-9a-f]{64}$/)] }] })
  })

  it('is offered by the sheet of an incomplete deposit, which lists what is missing', async () => {
    const { screen, bridge } = await mountIn(Both, 'typical')
    const deposit = await incompleteOf(bridge)
    shownDeposit.value = deposit
    await vi.waitFor(() => {
      expect(screen.find('[data-testid=deposit-owed]').exists()).toBe(true)
    })
    expect(screen.get('[data-testid=deposit-owed]').text()).toContain(deposit.missing?.[0]?.fr)
    await vi.waitFor(() => {
      expect(document.activeElement?.getAttribute('data-testid')).toBe('deposit-complete')
    })
    await keyboard.press('Enter')
    await shown()
  })

  it('says why there is none', async () => {
    const { bridge } = await mountIn(Both, 'typical')
    const day = await bridge.call('home.day', {})
    const whole = day.ok ? day.value.deposits.find(({ complete }) => complete) : undefined
    if (whole === undefined) throw new Error('nothing is complete')
    useComplement().ask(whole.number)
    await vi.waitFor(() => {
      expect(document.querySelector('[data-code="complement.notNeeded"]')).not.toBeNull()
    })
    expect(document.querySelector('[data-testid=complement-submit]')).toBeNull()
  })
})
