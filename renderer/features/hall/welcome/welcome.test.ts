import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h, inject } from 'vue'
import { faultOf } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
import { demoBridge } from '../../../core/bridge/demo/index.ts'
import type { Bridge } from '../../../core/bridge/index.ts'
import { scansKey } from '../../../core/scans.ts'
import { keyboard } from '../../../core/testing/keys.ts'
import { mountOver } from '../../../core/testing/mountIn.ts'
import WelcomeFrame from './WelcomeFrame.vue'

enableAutoUnmount(afterEach)
beforeEach(() => {
  vi.stubGlobal('__DEMO__', false)
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-30T10:42:00Z') })
})
afterEach(() => {
  vi.useRealTimers()
  document.body.innerHTML = ''
})
const sheet = (): string =>
  (document.querySelector('dialog[open]')?.textContent ?? '').replaceAll(/[\u2066-\u2069]/gu, '')

/** Any screen, with the frame of the hall in it; `scan` is what a reader read. */
async function desk(scenario: 'hall' | 'hallPaperOut' | 'hallAloud' | 'hallNone', over: Partial<Bridge> = {}) {
  const bridge = { ...demoBridge(scenario), ...over }
  const call = vi.spyOn(bridge, 'call')
  let listening: unknown
  const screen = defineComponent(() => {
    listening = inject(scansKey)
    return () => h(WelcomeFrame)
  })
  await mountOver(bridge, screen)
  expect(listening).toBeDefined()
  const asked = (name: string) => call.mock.calls.filter(([one]) => one === name).map(([, input]) => input)
  const open = async (): Promise<void> => {
    await vi.waitFor(async () => {
      await keyboard.press('Ctrl+b')
      expect((document.activeElement as HTMLElement).dataset['letter']).toBe('A')
    })
  }
  const given = (): string => document.querySelector('[data-testid=welcome-given] strong')?.textContent ?? ''
  return { bridge, asked, open, given }
}

describe('the welcome desk, by keyboard', () => {
  it('gives a ticket by one key and a letter, on paper, and begins again for the next person', async () => {
    const { asked, open, given } = await desk('hall')
    await open()
    await keyboard.press('c')
    keyboard.tabTo((one) => one.getAttribute('role') === 'radio' && one.textContent.includes('Aucune'))
    await keyboard.press('ArrowRight')
    await keyboard.press('Ctrl+Enter')
    await vi.waitFor(() => {
      expect(given()).toBe('C071')
    })
    expect(sheet()).toContain('Remettez le ticket')
    expect(asked('hall.issue')).toMatchObject([{ service: 'C', priority: 'elderly' }])
    // Nothing of the first person is left: a second stroke gives nothing.
    await keyboard.press('Ctrl+Enter')
    await vi.waitFor(() => {
      expect(sheet()).toContain('Choisissez un service')
    })
    await keyboard.press('c')
    await keyboard.press('Enter')
    await vi.waitFor(() => {
      expect(given()).toBe('C072')
    })
    expect(asked('hall.issue')[1]).not.toHaveProperty('priority')
    const ids = asked('hall.issue').map((input) => (input as { commandId: string }).commandId)
    expect(new Set(ids).size).toBe(2)
  })

  it('checks in an appointment by its number, and says what cannot be one', async () => {
    const { bridge, asked, open, given } = await desk('hall')
    const listed = await bridge.call('appointments.list', { day: '2026-11-30' })
    const booked = listed.ok ? listed.value.appointments.find(({ state }) => state === 'booked') : undefined
    await open()
    keyboard.tabTo((one) => one.dataset['testid'] === 'welcome-number')
    await keyboard.write('nobody')
    await keyboard.press('Ctrl+Enter')
    await vi.waitFor(() => {
      expect(sheet()).toContain('de un à six chiffres')
    })
    await keyboard.write(String(Number(booked?.appointment.slice(1))))
    await keyboard.press('Ctrl+Enter')
    await vi.waitFor(() => {
      expect(given()).toMatch(/^[A-F]\d{3}$/u)
    })
    expect(asked('appointments.checkIn')).toMatchObject([{ appointment: booked?.appointment }])
    expect(asked('hall.issue')).toEqual([])
  })

  it('finds the appointment of whoever puts a card in, and says where there is none', async () => {
    const real = demoBridge('hall')
    let none = false
    const { bridge, asked, open, given } = await desk('hall', {
      call: ((name: 'appointments.ofCitizen', input: never) =>
        name === 'appointments.ofCitizen' && none
          ? Promise.resolve(ok({ appointments: [] }))
          : real.call(name, input)) as Bridge['call'],
      on: real.on,
    })
    await open()
    await bridge.call('training.insertCard', { card: 'citizen' })
    await vi.waitFor(() => {
      expect(sheet()).toContain('Trouvé par la carte de')
    })
    await keyboard.press('Ctrl+Enter')
    await vi.waitFor(() => {
      expect(given()).toMatch(/^[A-F]\d{3}$/u)
    })
    expect(asked('appointments.checkIn')).toMatchObject([{ appointment: expect.stringMatching(/^R\d{4}$/u) as string }])
    none = true
    const identity = { familyName: 'SPÉCIMEN', givenNames: 'Omar', nationalNumber: 'ZZ012345' }
    await bridge.call('identity.type', { identity, reason: 'noCard' })
    await vi.waitFor(() => {
      expect(sheet()).toContain('Aucun rendez-vous d’aujourd’hui n’est réservé avec la carte de Omar SPÉCIMEN')
    })
    // The number of the one before is not there: nobody else is checked in with it.
    await keyboard.press('Ctrl+Enter')
    await vi.waitFor(() => {
      expect(sheet()).toContain('Choisissez un service')
    })
  })

  it('a service that is closed is not chosen', async () => {
    const { open, asked } = await desk('hall')
    await open()
    await keyboard.press('f')
    await keyboard.press('Ctrl+Enter')
    await vi.waitFor(() => {
      expect(sheet()).toContain('Choisissez un service')
    })
    expect(asked('hall.issue')).toEqual([])
  })

  it('without paper says so before, and gives the number aloud', async () => {
    const { open, asked, given } = await desk('hallPaperOut')
    await open()
    await vi.waitFor(() => {
      expect(sheet()).toContain('de vive voix')
    })
    await keyboard.press('a')
    await keyboard.press('Ctrl+Enter')
    await vi.waitFor(() => {
      expect(given()).toBe('A071')
    })
    expect(asked('hall.issue')).toMatchObject([{ service: 'A', aloud: true }])
    expect(sheet()).toContain('Dites ce numéro')
  })

  it('paper that ends at that moment: nothing was given, and the same ticket is asked for again', async () => {
    const real = demoBridge('hall')
    let lost = true
    const { open, asked, given } = await desk('hall', {
      call: ((name: 'hall.issue', input: never) => {
        if (name === 'hall.issue' && lost) {
          lost = false
          return Promise.resolve(err(faultOf('ticket.noPaper')))
        }
        return real.call(name, input)
      }) as Bridge['call'],
    })
    await open()
    await keyboard.press('a')
    await keyboard.press('Ctrl+Enter')
    await vi.waitFor(() => {
      expect(sheet()).toContain('Aucun numéro n’a été donné')
    })
    await keyboard.press('Ctrl+Enter')
    await vi.waitFor(() => {
      expect(given()).toBe('A071')
    })
    const ids = asked('hall.issue').map((input) => (input as { commandId: string }).commandId)
    expect(ids).toHaveLength(2)
    expect(new Set(ids).size).toBe(1)
  })

  it('is not there where the counter is in no hall', async () => {
    await desk('hallNone')
    await keyboard.press('Ctrl+b')
    expect(sheet()).toBe('')
  })
})
