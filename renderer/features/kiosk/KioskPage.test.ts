import { enableAutoUnmount, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { roundedWait } from '#shared/domain/hall/roundedWait.ts'
import { specimenZones } from '#shared/domain/specimen.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
import { demoBridge } from '../../core/bridge/demo/index.ts'
import type { Scenario } from '../../core/bridge/demo/state.ts'
import type { Bridge } from '../../core/bridge/index.ts'
import { speak } from '../../core/i18n/language.ts'
import KioskPage from './KioskPage.vue'
import { isFree } from './lockKeys.ts'
import { appointmentIn, appointmentOf, troubleOf } from './rules.ts'

enableAutoUnmount(afterEach)
beforeEach(async () => {
  vi.stubGlobal('__DEMO__', false)
  await speak('fr')
})
afterEach(() => {
  vi.useRealTimers()
})

async function kiosk(scenario: Scenario, over: Partial<Pick<Bridge, 'call' | 'on'>> = {}) {
  const bridge = { ...demoBridge(scenario), ...over }
  const call = vi.spyOn(bridge, 'call')
  const scanned = new Set<(text: string) => void>()
  const screen = mount(KioskPage, { props: { bridge, scanned }, attachTo: document.body })
  await vi.waitFor(() => {
    expect(screen.find('[data-testid=kiosk-service-A], [data-testid=kiosk-off]').exists()).toBe(true)
    expect(screen.text()).toContain('Commune de Rabat')
  })
  const asked = (name: string) => call.mock.calls.filter(([one]) => one === name).map(([, input]) => input)
  const touch = (name: string) => screen.get(`[data-testid=kiosk-${name}]`).trigger('click')
  return {
    screen,
    bridge,
    asked,
    touch,
    scan: (text: string) => {
      for (const hear of scanned) hear(text)
    },
  }
}

describe('a kiosk', () => {
  it('says where one is, also where the office was told before the hall answered', async () => {
    const bridge = demoBridge('hall')
    const ready = await bridge.call('app.state', {})
    let tell: (state: unknown) => void = () => {}
    let answer: () => void = () => {}
    const late = new Promise<void>((done) => {
      answer = done
    })
    const call = async (name: string) => {
      const { office: _office, ...starting } = ready.ok ? ready.value : ({} as never)
      if (name === 'app.state') return ok({ ...starting, phase: 'starting' })
      await late
      return bridge.call(name as 'hall.board', {})
    }
    const on = (event: string, heard: (payload: never) => void) => {
      if (event === 'app') tell = heard as typeof tell
      return () => undefined
    }
    const opening = { ...bridge, call, on } as unknown as Bridge
    const screen = mount(KioskPage, {
      props: { bridge: opening, scanned: new Set<(text: string) => void>() },
      attachTo: document.body,
    })
    await new Promise((resolve) => setTimeout(resolve, 20))
    tell(ready.ok ? ready.value : undefined)
    answer()
    await vi.waitFor(() => {
      expect(screen.find('[data-testid=kiosk-service-A]').exists()).toBe(true)
    })
    expect(screen.text()).toContain('Commune de Rabat')
  })

  it('gives one number for two touches, shows it large, and is wiped for the next person', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { screen, asked, touch } = await kiosk('hall')
    await touch('en')
    await touch('priority')
    await vi.waitFor(() => {
      expect(screen.text()).toContain('Which service')
    })
    await Promise.all([touch('service-C'), touch('service-C')])
    await vi.waitFor(() => {
      expect(screen.get('[data-testid=kiosk-ticket]').text()).toBe('C071')
    })
    expect(asked('kiosk.issue')).toMatchObject([{ service: 'C', priority: true }])
    expect(screen.text()).toContain('9 people before you')
    await vi.advanceTimersByTimeAsync(8_000)
    await vi.waitFor(() => {
      expect(screen.text()).toContain('Pour quel service')
    })
    expect(screen.get('[data-testid=kiosk-priority]').attributes('aria-checked')).toBe('false')
  })

  it('asks for the same again after an answer that did not come, and never for a second one', async () => {
    const real = demoBridge('hall')
    let lost = true
    const { screen, asked, touch } = await kiosk('hall', {
      call: ((name: 'kiosk.issue', input: never) => {
        if (name === 'kiosk.issue' && lost) {
          lost = false
          return Promise.resolve(err(faultOf('hall.unanswered')))
        }
        return real.call(name, input)
      }) as Bridge['call'],
    })
    await touch('service-A')
    await vi.waitFor(() => {
      expect(screen.get('[data-testid=kiosk-trouble]').text()).toContain('Touchez encore une fois')
    })
    await touch('service-A')
    await vi.waitFor(() => {
      expect(screen.find('[data-testid=kiosk-given]').exists()).toBe(true)
    })
    const ids = asked('kiosk.issue').map((input) => (input as { commandId: string }).commandId)
    expect(ids).toHaveLength(2)
    expect(new Set(ids).size).toBe(1)
  })

  it('forgets what somebody chose who went away', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { screen, touch } = await kiosk('hall')
    await touch('ar')
    await screen.get('main').trigger('pointerdown')
    await vi.waitFor(() => {
      expect(screen.text()).toContain('لأي مصلحة')
    })
    await vi.advanceTimersByTimeAsync(19_000)
    expect(screen.text()).toContain('لأي مصلحة')
    await vi.advanceTimersByTimeAsync(1_100)
    await vi.waitFor(() => {
      expect(screen.text()).toContain('Pour quel service')
    })
  })

  it('takes an appointment by its digits, says what is wrong with one, and hears its code', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-30T10:42:00Z') })
    const { screen, touch, scan, bridge } = await kiosk('hall')
    const listed = await bridge.call('appointments.list', { day: '2026-11-30' })
    const booked = listed.ok ? listed.value.appointments.find(({ state }) => state === 'booked') : undefined
    await touch('appointment')
    for (const key of '99') window.dispatchEvent(new KeyboardEvent('keydown', { key }))
    await touch('confirm')
    await vi.waitFor(() => {
      expect(screen.get('[data-testid=kiosk-trouble]').text()).toContain('n’est pas connu')
    })
    scan('something else')
    await vi.waitFor(() => {
      expect(screen.get('[data-testid=kiosk-trouble]').text()).toContain('n’est pas celui d’un rendez-vous')
    })
    scan(`https://rendez-vous.example/${booked?.appointment ?? ''}`)
    await vi.waitFor(() => {
      expect(screen.get('[data-testid=kiosk-given]').text()).toContain(`Rendez-vous de \u2068${booked?.time ?? ''}`)
    })
  })

  it('takes an appointment by the card that is shown, whole or by its zone, and says where there is none', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-30T10:42:00Z') })
    const real = demoBridge('hall')
    let hear: (card: unknown) => void = () => undefined
    let none = true
    const { screen, asked, scan } = await kiosk('hall', {
      call: ((name: 'kiosk.checkInByCard', input: never) =>
        name === 'kiosk.checkInByCard' && none
          ? Promise.resolve(err(faultOf('appointment.noneToday')))
          : real.call(name, input)) as Bridge['call'],
      on: ((event: 'board', heard: (told: never) => void) => {
        if ((event as string) === 'kioskCard') hear = heard as typeof hear
        return real.on(event, heard as never)
      }) as Bridge['on'],
    })
    const says = (words: string) =>
      vi.waitFor(() => {
        expect(screen.get('[data-testid=kiosk-trouble]').text()).toContain(words)
      })
    hear({ state: 'closed' })
    await says('ne retrouve pas de rendez-vous')
    hear({ state: 'read', numbers: ['AB123456'] })
    await says('Aucun rendez-vous d’aujourd’hui')
    none = false
    scan(specimenZones.cnie ?? '')
    await vi.waitFor(() => {
      expect(screen.get('[data-testid=kiosk-given]').text()).toContain('Rendez-vous de')
    })
    expect(asked('kiosk.checkInByCard')).toMatchObject([
      { numbers: ['AB123456'] },
      { numbers: ['ZZ012345', 'SP0000042'] },
    ])
    expect(screen.text()).not.toContain('SP0000042')
  })

  it('a closed service gives nothing and says when it opens', async () => {
    const { screen, asked, touch } = await kiosk('hall')
    expect(screen.get('[data-testid=kiosk-service-F]').text()).toContain('rouvre à')
    await touch('service-F')
    expect(asked('kiosk.issue')).toEqual([])
  })

  it.each([
    ['hallPaperOut', 'plus de papier'],
    ['hallNotOpen', 'pas encore donnés'],
    ['hallNone', 'ne donne pas de ticket'],
    ['hallStarting', 'démarre'],
  ] as const)('%s: says so, and calls somebody', async (scenario, words) => {
    const { screen, touch } = await kiosk(scenario)
    expect(screen.get('[data-testid=kiosk-off]').text()).toContain(words)
    await touch('help')
    await vi.waitFor(() => {
      expect(screen.text()).toContain('L’accueil est prévenu')
    })
  })

  it('without a printer, says that the number is to be remembered', async () => {
    const { screen, touch } = await kiosk('hallAloud')
    expect(screen.text()).toContain('votre numéro s’affiche ici')
    await touch('service-A')
    await vi.waitFor(() => {
      expect(screen.get('[data-testid=kiosk-given]').text()).toContain('Retenez ce numéro')
    })
  })

  it('a number whose paper did not come out is to be remembered, and stays longer', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { screen, touch } = await kiosk('hall', {
      call: ((name: 'kiosk.issue', input: never) =>
        name === 'kiosk.issue'
          ? Promise.resolve(ok({ ticket: 'A099', before: 2, printed: false }))
          : demoBridge('hall').call(name, input)) as Bridge['call'],
    })
    await touch('service-A')
    await vi.waitFor(() => {
      expect(screen.get('[data-testid=kiosk-given]').text()).toContain('Retenez ce numéro')
    })
    await vi.advanceTimersByTimeAsync(19_000)
    expect(screen.get('[data-testid=kiosk-ticket]').text()).toBe('A099')
  })
})

describe('rules of a kiosk', () => {
  it('rounds waits upwards', () => {
    expect([0, 1, 5, 6, 27].map(roundedWait)).toEqual([0, 5, 5, 10, 30])
  })

  it('finds the number of an appointment in what was typed or read', () => {
    expect(appointmentOf('7')).toBe('R0007')
    expect(appointmentIn('R0241')).toBe('R0241')
    expect(appointmentIn('https://rdv.example/?r0241')).toBe('R0241')
    expect(appointmentIn('AR0241')).toBeUndefined()
    expect(appointmentIn('5901234123457')).toBeUndefined()
    expect(troubleOf('appointment.unknown')).toBe('unknown')
    expect(troubleOf('anything else')).toBe('desk')
  })

  it('lets no key through that leads anywhere', () => {
    const plain = { ctrlKey: false, altKey: false, metaKey: false }
    for (const key of ['Escape', 'F1', 'F5', 'F11', 'F12', 'ContextMenu', 'a', 'Meta'])
      expect(isFree({ key, ...plain })).toBe(false)
    for (const key of ['Tab', 'Enter', '7', ' ']) expect(isFree({ key, ...plain })).toBe(true)
    expect(isFree({ key: '7', ...plain, ctrlKey: true })).toBe(false)
    expect(isFree({ key: 'Tab', ...plain, altKey: true })).toBe(false)
  })
})
