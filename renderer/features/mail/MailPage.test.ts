import { enableAutoUnmount } from '@vue/test-utils'
import { v7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { keyboard } from '../../core/testing/keys.ts'
import { mountIn } from '../../core/testing/mountIn.ts'
import type { Scenario } from '../../core/bridge/demo/state.ts'
import MailPage from './MailPage.vue'

enableAutoUnmount(afterEach)
/** What takes a moment alone takes seconds beside a build. */
const eventually = (check: () => unknown): Promise<unknown> => vi.waitFor(check, { timeout: 10_000 })
beforeEach(() => {
  vi.stubGlobal('__DEMO__', false)
})
const dialog = (): string => document.querySelector('dialog[open]')?.textContent ?? ''
const open = async (scenario: Scenario = 'mail') => {
  const opened = await mountIn(MailPage, scenario)
  await eventually(() => {
    expect(opened.screen.find('[data-testid=mail-total]').text()).not.toBe('')
  })
  return opened
}
type Screen = Awaited<ReturnType<typeof open>>['screen']
const plain = (screen: Screen): string => screen.text().replaceAll(/[\u2066-\u2069]/gu, '')
const search = async (screen: Screen, words: string): Promise<void> => {
  screen.get<HTMLInputElement>('[data-testid=mail-search]').element.focus()
  await keyboard.write(words)
}
const rows = (screen: Screen): string[] =>
  screen.findAll('[role=grid] [role=row][aria-selected]').map((row) => row.text().replaceAll(/[\u2066-\u2069]/gu, ''))

describe('the registers by keyboard alone', () => {
  it('shows what today holds and what waits, and the newest letter beside the list', async () => {
    const { screen } = await open()
    expect(screen.get('[data-testid=figure-arrival]').text()).toMatch(/Arrivées\s*21/)
    expect(screen.get('[data-testid=wait-unrouted]').text()).toContain('7')
    expect(screen.get('[data-testid=wait-overdue]').text()).toContain('3')
    await eventually(() => {
      expect(screen.find('[data-testid=paper-place]').text()).toBe('Au bureau d’ordre')
    })
  })

  it('finds as one types, walks with the arrows while the focus stays in the box, and begins anew on Esc', async () => {
    const { screen } = await open()
    await search(screen, 'bennani')
    await eventually(() => {
      expect(rows(screen).length).toBeGreaterThan(1)
      expect(rows(screen).every((row) => /bennani|بناني/iu.test(row))).toBe(true)
    })
    const first = screen.get('[aria-selected=true]').text()
    await keyboard.press('ArrowDown')
    await eventually(() => {
      expect(screen.get('[aria-selected=true]').text()).not.toBe(first)
    })
    expect(document.activeElement?.getAttribute('data-testid')).toBe('mail-search')
    await search(screen, 'rien de tel')
    await eventually(() => {
      expect(screen.text()).toContain('Aucun courrier ne correspond')
    })
    await keyboard.press('Escape')
    await eventually(() => {
      expect(rows(screen).length).toBeGreaterThan(8)
    })
  })

  it('routes what waits, one after the other', async () => {
    const { screen, bridge } = await open()
    await keyboard.press('F4')
    await eventually(() => {
      expect(rows(screen)).toHaveLength(7)
      expect(screen.find('[data-testid=letter-route]').exists()).toBe(true)
    })
    await eventually(async () => {
      await keyboard.press('F10')
      expect(dialog()).toContain('Imputer')
    })
    document.querySelector<HTMLElement>('[data-testid=route-by]')?.focus()
    await keyboard.write('+8')
    document.querySelector<HTMLElement>('[data-testid=route-to]')?.focus()
    await keyboard.write('technique')
    await keyboard.press('Enter')
    await keyboard.press('Ctrl+Enter')
    await eventually(() => {
      expect(dialog()).toBe('')
      expect(plain(screen)).toContain('Imputé : Services techniques')
    })
    const now = await bridge.call('mail.overview', {})
    expect(now.ok && now.value.unrouted).toBe(6)
    await keyboard.press('F4')
    await eventually(() => {
      expect(rows(screen)).toHaveLength(6)
    })
  })

  it('is asked about the letter that was just chosen, however quick the hand is', async () => {
    const { screen } = await open()
    await eventually(() => {
      expect(screen.find('[data-testid=paper-place]').exists()).toBe(true)
    })
    const second = /^[A-Z]-\d{6}/u.exec(rows(screen)[1] ?? '')?.[0]
    expect(second).toBeDefined()
    screen.get<HTMLInputElement>('[data-testid=mail-search]').element.focus()
    void keyboard.press('ArrowDown')
    void keyboard.press('F10')
    await eventually(() => {
      expect(dialog().replaceAll(/[\u2066-\u2069]/gu, '')).toContain(second)
    })
  })

  it('cancels in sight after one question, with a reason', async () => {
    const { screen } = await open()
    await eventually(() => {
      expect(screen.find('[data-testid=letter-cancel]').exists()).toBe(true)
    })
    document.querySelector<HTMLElement>('[data-testid=letter-route]')?.focus()
    await keyboard.press('Delete')
    await eventually(() => {
      expect(dialog()).toContain('Le numéro reste au registre')
    })
    await keyboard.press('Ctrl+Enter')
    await eventually(() => {
      expect(document.querySelector('dialog[open] [aria-invalid=true]')).not.toBeNull()
    })
    document.querySelector<HTMLElement>('[data-testid=cancel-reason]')?.focus()
    await keyboard.write('enregistré deux fois')
    await keyboard.press('Ctrl+Enter')
    await eventually(() => {
      expect(dialog()).toBe('')
      expect(plain(screen)).toContain('Annulé : enregistré deux fois')
    })
    expect(screen.find('[data-testid=letter-cancel]').exists()).toBe(false)
  })

  it('shows an agent what he may see, and nothing of the rest: no act, no number above him', async () => {
    const { screen, bridge } = await open('mailReader')
    await search(screen, 'mise en demeure')
    await eventually(() => {
      expect(rows(screen)).toHaveLength(0)
    })
    await search(screen, '')
    await eventually(() => {
      expect(rows(screen).length).toBeGreaterThan(3)
    })
    for (const id of ['mail-new', 'letter-route', 'letter-cancel', 'letter-reply', 'wait-slips', 'mail-tabs'])
      expect(screen.find(`[data-testid=${id}]`).exists()).toBe(false)
    const found = await bridge.call('mail.search', { words: '' })
    expect(found.ok && screen.get('[data-testid=mail-total]').text()).toContain(String(found.ok && found.value.total))
    await keyboard.press('F9')
    expect(screen.find('[data-testid=entry-party]').exists()).toBe(false)
  })

  it.each(['mailEmpty', 'mailFault'] as const)('says what to do next: %s', async (scene) => {
    const { screen } = await mountIn(MailPage, scene)
    await eventually(() => {
      if (scene === 'mailFault') expect(screen.find('[data-code=internal]').exists()).toBe(true)
      else expect(screen.text()).toContain('Les registres s’ouvrent')
    })
  })
})

describe('an answer', () => {
  it('begins from its letter by one key: to whom, whose reference and which service are there', async () => {
    const { screen } = await open()
    await search(screen, 'CF/2026/3398')
    await eventually(() => {
      expect(screen.find('[data-testid=letter-reply]').exists()).toBe(true)
      expect(screen.get('[data-testid=letter-pane]').text()).toContain('CF/2026/3398')
    })
    const party = screen.get('[data-testid=letter-pane]').text()
    await keyboard.press('Ctrl+E')
    await eventually(() => {
      expect(document.activeElement?.getAttribute('data-testid')).toBe('entry-subject')
    })
    const value = (id: string): string => screen.get<HTMLInputElement>(`[data-testid=${id}]`).element.value
    expect(party).toContain(value('entry-party'))
    expect(value('entry-party')).not.toBe('')
    expect(value('entry-service')).toBe('URB')
    expect(screen.get('[data-testid=entry-reply]').text()).toMatch(/Répond à .*A-\d{6}/u)
    expect(value('entry-their-reference')).toBe('CF/2026/3398')
    await keyboard.press('Ctrl+Enter')
    await eventually(() => {
      expect(screen.get('[data-testid=entry-number]').text()).toMatch(/D-\d{6}/u)
    })
    await keyboard.press('Escape')
    await search(screen, 'CF/2026/3398')
    await eventually(() => {
      expect(rows(screen)[0]).toMatch(/D-\d{6}/u)
    })
    await eventually(() => {
      expect(screen.get('[data-testid=letter-answers]').text()).toMatch(/D-\d{6}/u)
    })
    await screen.get('[data-testid=letter-answers]').trigger('click')
    await eventually(() => {
      expect(screen.get('[data-testid=letter-number]').text()).toMatch(/D-\d{6}/u)
      expect(screen.get('[data-testid=letter-inReplyTo]').text()).toMatch(/A-\d{6}/u)
    })
  })
})

describe('a letter that asks for something', () => {
  it('opens the counter with its number by one key, for who serves citizens', async () => {
    const { screen, router } = await open('supervisor')
    await eventually(() => {
      expect(screen.find('[data-testid=letter-serve]').exists()).toBe(true)
    })
    const number = screen.get('[data-testid=letter-number]').text()
    await keyboard.press('Ctrl+J')
    await eventually(() => {
      expect(router.currentRoute.value).toMatchObject({ name: 'counter', query: { letter: number } })
    })
  })

  it('does not for a clerk, who receives no deposits', async () => {
    const { screen, router } = await open()
    await keyboard.press('Ctrl+J')
    expect(screen.find('[data-testid=letter-serve]').exists()).toBe(false)
    expect(router.currentRoute.value.name).not.toBe('counter')
  })
})

describe('searches that are kept', () => {
  it('are kept under a name, looked again by one press, and forgotten by Del without touching a letter', async () => {
    const { screen } = await open()
    expect(screen.find('[data-testid=keep-search]').exists()).toBe(false)
    await search(screen, 'bennani')
    await eventually(() => {
      expect(screen.find('[data-testid=keep-search]').exists()).toBe(true)
    })
    await screen.get('[data-testid=keep-search]').trigger('click')
    await eventually(() => {
      expect(document.querySelector<HTMLInputElement>('[data-testid=search-name]')?.value).toBe('bennani')
    })
    await keyboard.press('Ctrl+Enter')
    await eventually(() => {
      expect(screen.findAll('[data-testid=saved-search]').map((one) => one.attributes('aria-pressed'))).toEqual([
        'true',
      ])
    })
    const chip = screen.get<HTMLElement>('[data-testid=saved-search]')
    screen.get<HTMLInputElement>('[data-testid=mail-search]').element.focus()
    await keyboard.press('Escape')
    await eventually(() => {
      expect(chip.attributes('aria-pressed')).toBe('false')
    })
    await chip.trigger('click')
    await eventually(() => {
      expect(rows(screen).every((row) => /bennani|بناني/iu.test(row))).toBe(true)
      expect(screen.get<HTMLInputElement>('[data-testid=mail-search]').element.value).toBe('bennani')
    })
    chip.element.focus()
    await keyboard.press('Delete')
    await eventually(() => {
      expect(screen.find('[data-testid=saved-search]').exists()).toBe(false)
    })
    expect(dialog()).toBe('')
  })
})

describe('the registered post of a day', () => {
  it('is a paper by one key where departures are shown, of the day of the one at hand, and nowhere else', async () => {
    const saved = vi.fn(() => 'blob:list')
    vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: saved, revokeObjectURL: () => undefined }))
    const { screen, bridge } = await open()
    const now = await bridge.call('mail.settings', {})
    const letter = {
      register: 'departure',
      receivedOn: now.ok ? now.value.today : '',
      mode: 'registered',
      sender: { name: 'Commune de Rabat' },
      subject: 'Levé',
      kind: 'letter',
    } as const
    await bridge.call('mail.register', { commandId: v7(), letter: { ...letter, recipients: [{ name: 'Cadastre' }] } })
    expect(screen.find('[data-testid=post-list]').exists()).toBe(false)
    await keyboard.press('Ctrl+p')
    await screen.get('[data-testid=figure-departure]').trigger('click')
    await eventually(() => {
      expect(rows(screen).every((row) => row.includes('D-'))).toBe(true)
    })
    expect(saved).not.toHaveBeenCalled()
    await keyboard.press('Ctrl+p')
    await eventually(() => {
      expect(saved).toHaveBeenCalledOnce()
    })
  })
})
