import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { mountIn } from '../../../core/testing/mountIn.ts'
import CounterPage from '../CounterPage.vue'
import { useRequest } from '../stores/request.ts'
import QueueLight from './QueueLight.vue'

/** The counter of the demonstration: it serves A039, and others wait for its service. */
async function sitDown(language: 'fr' | 'ar' = 'fr') {
  const { screen, bridge, pinia } = await mountIn(CounterPage, 'typical', language)
  const by = (id: string) => document.querySelector<HTMLElement>(`[data-testid="${id}"]`)
  const said = (id: string): string => by(id)?.textContent.trim() ?? ''
  const press = (key: string, ctrlKey = false): void => {
    document.activeElement?.dispatchEvent(
      new KeyboardEvent('keydown', { key, ctrlKey, bubbles: true, cancelable: true }),
    )
  }
  await vi.waitFor(() => {
    expect(said('queue-ticket')).toBe('A039')
  })
  const standing = async (ticket: string, words: string): Promise<void> => {
    await vi.waitFor(() => {
      expect([said('queue-ticket'), said('queue-state')]).toEqual([ticket, expect.stringContaining(words)])
    })
  }
  return { screen, bridge, pinia, by, said, press, standing }
}

enableAutoUnmount(afterEach)

describe('the queue at the counter, by keyboard', () => {
  test('one stroke closes and calls; a recall, and the wrong call is taken back', async () => {
    const { press, by, said, standing } = await sitDown()
    await standing('A039', 'au guichet')
    press('F4')
    const first = 'A044'
    await standing(first, 'appelé, pas encore là')
    expect(by('queue-next')).toBeFalsy()
    press('F4')
    await standing(first, 'appelé')
    press('F5')
    await vi.waitFor(() => {
      expect(said('queue-state')).toContain('2ᵉ appel')
    })
    press('z', true)
    await standing('', 'Libre')
    expect(said('queue-next')).toContain(first)
  })

  test('who is here without a card is said by a key; parked, the counter is free', async () => {
    const { press, standing } = await sitDown()
    press('F4')
    await standing('A044', 'appelé')
    press('g', true)
    await standing('A044', 'au guichet')
    press('F7')
    await standing('', 'Libre')
  })

  test('who is sent to another counter waits for that one, and this one is free', async () => {
    const { bridge, press, standing } = await sitDown()
    press('F10')
    const other = await vi.waitFor(() => {
      const found = document.querySelector<HTMLElement>('[data-testid^=transfer-counter-]')
      if (found === null) throw new Error('no other counter')
      return found
    })
    const name = other.dataset['testid']?.split('-').at(-1)
    expect(other.textContent.replaceAll(/[\u2066-\u2069]/gu, '')).toContain(`Guichet ${name ?? ''}`)
    other.click()
    await standing('', 'Libre')
    const now = await bridge.call('hall.view', {})
    expect(now.ok && now.value.waiting.find(({ ticket }) => ticket === 'A039')).toMatchObject({ reserved: name })
  })

  test('what is typed leaves the desk as a draft, never by the strip', async () => {
    const { press, bridge, standing } = await sitDown()
    const before = (await bridge.call('draft.list', {})) as { ok: true; value: { drafts: readonly unknown[] } }
    press('F7')
    await standing('', 'Libre')
    const after = (await bridge.call('draft.list', {})) as typeof before
    expect(after.value.drafts.length).toBeGreaterThanOrEqual(before.value.drafts.length)
  })

  test('one press takes the service, a break ends with another one', async () => {
    const { press, by, said, standing } = await sitDown()
    press('F7')
    await standing('', 'Libre')
    by('queue-break')?.click()
    await standing('', 'En pause')
    by('queue-back')?.click()
    await standing('', 'Libre')
    document.querySelector<HTMLElement>('[aria-label="Quitter le service"]')?.click()
    await vi.waitFor(() => {
      expect(by('queue-sign-on')).not.toBeNull()
    })
    by('queue-sign-on')?.click()
    await standing('', 'Libre')
    expect(said('queue-next')).toMatch(/^Appeler/)
  })
})

describe('who is called with an appointment', () => {
  /** A042 is called: an appointment of a service that names a sheet. */
  async function callAppointment() {
    const desk = await sitDown()
    desk.press('F4')
    await desk.standing('A044', 'appelé')
    expect(desk.by('queue-appointment')).toBeNull()
    desk.press('g', true)
    await desk.standing('A044', 'au guichet')
    desk.press('F4')
    await desk.standing('A042', 'appelé')
    return { ...desk, request: useRequest(desk.pinia) }
  }

  test('the strip says which; once he stands there the sheet of his service opens, once', async () => {
    const { press, said, standing, request } = await callAppointment()
    expect(said('queue-appointment').replaceAll(/[\u2066-\u2069]/gu, '')).toMatch(
      /10:30.*rendez-vous.*R0237.*État civil/su,
    )
    expect(request.draft).toBeUndefined()
    press('g', true)
    await standing('A042', 'au guichet')
    await vi.waitFor(() => {
      expect(request.draft?.procedure).toBe('ETC-004')
    })
    request.clear()
    press('F7')
    await standing('', 'Libre')
    expect(request.draft).toBeUndefined()
  })

  test('never over a request that somebody has begun', async () => {
    const { press, standing, request } = await callAppointment()
    await request.choose('URB-001', 'fr')
    press('g', true)
    await standing('A042', 'au guichet')
    await vi.dynamicImportSettled()
    await request.settled()
    expect(request.draft?.procedure).toBe('URB-001')
  })

  test('nor over one that is picked while the sheet is on its way', async () => {
    const { press, standing, request } = await callAppointment()
    await request.choose('ETC-004', 'fr')
    request.clear()
    await Promise.all([request.choose('ETC-004', 'fr', true), request.choose('URB-001', 'fr')])
    await request.choose('ETC-004', 'fr', true)
    expect(request.draft?.procedure).toBe('URB-001')
    press('g', true)
    await standing('A042', 'au guichet')
    expect(request.draft?.procedure).toBe('URB-001')
  })
})

test('help is asked for by a key, seen by the agent alone, and ended by the same key', async () => {
  await mountIn(QueueLight, 'typical')
  const light = () => document.querySelector('[data-testid="status-hall"]')?.textContent ?? ''
  const press = (): void => {
    document.body.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'F12', ctrlKey: true, bubbles: true, cancelable: true }),
    )
  }
  await vi.waitFor(() => {
    expect(light()).toContain('G4')
  })
  press()
  await vi.waitFor(() => {
    expect(light()).toContain('aide demandée')
  })
  press()
  await vi.waitFor(() => {
    expect(light()).toContain('en accord')
  })
})
