import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { keyboard } from '../../../core/testing/keys.ts'
import { mountIn } from '../../../core/testing/mountIn.ts'
import { appointmentIn, dayAfter } from './appointments.ts'
import AppointmentsPage from './AppointmentsPage.vue'

enableAutoUnmount(afterEach)
beforeEach(() => {
  vi.stubGlobal('__DEMO__', false)
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-30T10:42:00Z') })
})
afterEach(() => {
  vi.useRealTimers()
  document.body.innerHTML = ''
})
const plain = (text: string | undefined): string =>
  (text ?? '').replaceAll(/[\u2066-\u2069]/gu, '').replaceAll(/[\u00a0\u202f]/gu, ' ')
const dialog = (): string => plain(document.querySelector('dialog[open]')?.textContent ?? undefined)
const row = (one: HTMLElement): boolean => one.getAttribute('role') === 'row'

async function book() {
  const mounted = await mountIn(AppointmentsPage, 'hall')
  await vi.waitFor(() => {
    expect(mounted.screen.findAll('[role=row]').length).toBeGreaterThan(5)
  })
  const list = async (day = '2026-11-30') => {
    const now = await mounted.bridge.call('appointments.list', { day })
    return now.ok ? now.value.appointments : []
  }
  return { ...mounted, list, text: () => plain(mounted.screen.text()) }
}

describe('the book of appointments by keyboard alone', () => {
  it('turns its pages with the arrows', async () => {
    const { screen, text } = await book()
    expect(text()).toContain('lundi 30 novembre')
    keyboard.tabTo(row)
    await keyboard.press('ArrowRight')
    await vi.waitFor(() => {
      expect(plain(screen.get('[data-testid=book-day]').text())).toBe('mardi 1 décembre')
    })
  })

  it('notes who is there by the number that he says, and what cannot be one', async () => {
    const { list, text } = await book()
    const booked = (await list()).find(({ state }) => state === 'booked')
    await keyboard.press('F3')
    expect((document.activeElement as HTMLElement).dataset['testid']).toBe('book-number')
    await keyboard.write('nobody')
    await keyboard.press('F2')
    expect(text()).toContain('de un à six chiffres')
    await keyboard.write(String(Number(booked?.appointment.slice(1))))
    await keyboard.press('F2')
    await vi.waitFor(async () => {
      expect((await list()).find(({ appointment }) => appointment === booked?.appointment)?.state).toBe('checkedIn')
    })
  })

  it('books at a free time, moves it and takes the move back, and cancels after a question', async () => {
    const { list, text, screen } = await book()
    await keyboard.press('F9')
    await vi.waitFor(() => {
      expect(document.querySelectorAll('dialog[open] [role=radio]').length).toBeGreaterThan(3)
    })
    const before = (await list()).length
    keyboard.tabTo((one) => one.getAttribute('role') === 'radio')
    await keyboard.press('ArrowRight')
    await keyboard.press('Ctrl+Enter')
    await vi.waitFor(async () => {
      expect(await list()).toHaveLength(before + 1)
    })
    await vi.waitFor(() => {
      expect(screen.get('[data-testid=book-pane]').text()).toContain('R0901')
    })
    const made = async () => (await list()).find(({ appointment }) => appointment === 'R0901')
    expect(await made()).toMatchObject({ state: 'booked', time: '11:30' })
    await screen.get('[data-testid=book-move]').trigger('click')
    await vi.waitFor(() => {
      expect(dialog()).toContain('Déplacer R0901')
      expect(document.querySelectorAll('dialog[open] [role=radio]').length).toBeGreaterThan(3)
    })
    keyboard.tabTo((one) => one.getAttribute('role') === 'radio')
    await keyboard.press('ArrowDown')
    await keyboard.press('Ctrl+Enter')
    await vi.waitFor(async () => {
      expect((await made())?.time).not.toBe('11:30')
      expect(dialog()).toBe('')
    })
    await keyboard.press('Delete')
    await vi.waitFor(() => {
      expect(dialog()).toContain('La place est rendue')
    })
    await keyboard.press('Ctrl+Enter')
    await vi.waitFor(async () => {
      expect((await made())?.state).toBe('cancelled')
    })
    expect(text()).toContain('annulé')
  })

  it('books with the number of a card, so that the card finds it, and says what is none', async () => {
    const { bridge } = await book()
    const call = vi.spyOn(bridge, 'call')
    await keyboard.press('F9')
    await vi.waitFor(() => {
      expect(document.querySelectorAll('dialog[open] [role=radio]').length).toBeGreaterThan(3)
    })
    keyboard.tabTo((one) => one.dataset['testid'] === 'place-person')
    await keyboard.write('a-1')
    await keyboard.press('Ctrl+Enter')
    await vi.waitFor(() => {
      expect(dialog()).toContain('au moins quatre')
    })
    await keyboard.write('ab 123456')
    await keyboard.press('Ctrl+Enter')
    await vi.waitFor(() => {
      expect(call).toHaveBeenCalledWith('appointments.book', expect.objectContaining({ number: 'AB123456' }))
    })
  })

  it('hands out the list of the day that is shown, by one key', async () => {
    const { bridge } = await book()
    const call = vi.spyOn(bridge, 'call')
    const saved = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined)
    vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: () => 'blob:list', revokeObjectURL: () => undefined }))
    keyboard.tabTo(row)
    await keyboard.press('ArrowRight')
    await keyboard.press('Ctrl+p')
    await vi.waitFor(() => {
      expect(saved).toHaveBeenCalledTimes(1)
    })
    expect(call.mock.calls.filter(([name]) => name === 'appointments.paper')).toEqual([
      ['appointments.paper', { day: '2026-12-01' }],
    ])
    expect((saved.mock.contexts[0] as HTMLAnchorElement).download).toBe('appointments-2026-12-01.pdf')
    saved.mockRestore()
  })

  it('offers the first day that has a place', async () => {
    vi.setSystemTime(new Date('2026-11-30T17:00:00Z'))
    await book()
    await keyboard.press('F9')
    await vi.waitFor(() => {
      expect(document.querySelector<HTMLInputElement>('[data-testid=place-day]')?.value).toBe('2026-12-01')
      expect(document.querySelectorAll('dialog[open] [role=radio]').length).toBeGreaterThan(3)
    })
  })

  it('is not there where a counter is in no hall', async () => {
    const { screen } = await mountIn(AppointmentsPage, 'hallNone')
    await vi.waitFor(() => {
      expect(screen.text()).toContain('dans aucun hall')
    })
  })
})

it('finds a number in what was typed or read, and the days beside a day', () => {
  expect(appointmentIn(' 241 ')).toBe('R0241')
  expect(appointmentIn('r0241')).toBe('R0241')
  expect(appointmentIn('https://rdv.example/R0241')).toBe('R0241')
  expect(appointmentIn('BAR0241')).toBeUndefined()
  expect(dayAfter('2026-11-30', 1)).toBe('2026-12-01')
  expect(dayAfter('2026-03-01', -1)).toBe('2026-02-28')
})
