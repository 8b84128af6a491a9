import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { registerNumber } from '#shared/ids.ts'
import { handFile } from '../../../core/testing/files.ts'
import { keyboard } from '../../../core/testing/keys.ts'
import { mountIn } from '../../../core/testing/mountIn.ts'
import { useMailOffice } from '../office.ts'
import MailPage from '../MailPage.vue'
import { useStack } from './stack.ts'

const numberOf = registerNumber.parse('2026/RAB03-M1/A-000999')
enableAutoUnmount(afterEach)
beforeEach(() => {
  vi.stubGlobal('__DEMO__', false)
})
/** On a busy machine, too. */
const eventually = (check: () => unknown): Promise<unknown> => vi.waitFor(check, { timeout: 10_000 })
const at = (): string | null => document.activeElement?.getAttribute('data-testid') ?? null
const part = (id: string): HTMLElement | null => document.querySelector<HTMLElement>(`[data-testid=${id}]`)
const said = (id: string): string => (part(id)?.textContent ?? '').replaceAll(/[\u2066-\u2069]/gu, '')
const rows = (): string[] =>
  [...document.querySelectorAll('.stack-list [role=row][aria-selected]')].map((row) =>
    (row.textContent ?? '').replaceAll(/[\u2066-\u2069]/gu, ''),
  )
const state = (index: number): string | undefined => /[^\d\s]+( .*)?$/u.exec(rows()[index] ?? '')?.[0]
const onRow = (): boolean => document.activeElement?.getAttribute('role') === 'row'
const all = (): void => {
  const keys = { key: 'Enter', ctrlKey: true, shiftKey: true, bubbles: true, cancelable: true }
  document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', keys))
}
/** Hands a stack in, or a single letter where it has few bytes. */
const open = async (bytes = 300, name = 'pile-matin.pdf') => {
  const opened = await mountIn(MailPage, 'mail')
  await eventually(() => {
    expect(opened.screen.find('[data-testid=figure-arrival]').exists()).toBe(true)
  })
  useMailOffice().view = 'stack'
  await eventually(() => {
    expect(at()).toBe('stack-counted-first')
  })
  handFile(part('stack-file'), bytes, name)
  await eventually(() => {
    expect(at()).toBe('stack-counted')
  })
  return opened
}
const read = async (): Promise<void> => {
  await eventually(() => {
    expect(rows().some((row) => row.includes('lecture'))).toBe(false)
  })
}
const registered = async (bridge: Awaited<ReturnType<typeof open>>['bridge']): Promise<number> => {
  const now = await bridge.call('mail.overview', {})
  return now.ok ? (now.value.registers.find(({ register }) => register === 'arrival')?.count ?? 0) : 0
}

describe('a stack by keyboard alone', () => {
  it('shows its balance first: every face once, the gap to what was counted, and nothing is registered before', async () => {
    const { bridge } = await open()
    const before = await registered(bridge)
    expect(said('stack-documents')).toContain('8')
    await keyboard.write('9')
    expect(said('stack-gap')).toMatch(/Écart\s*1/u)
    const figure = (id: string): number =>
      Number(/\d+/u.exec(part(id)?.querySelector('strong')?.textContent ?? '')?.[0])
    expect(figure('stack-separators') + figure('stack-read') + figure('stack-blanks')).toBe(figure('stack-total'))
    await read()
    await keyboard.press('Ctrl+Enter')
    all()
    expect(at()).toBe('stack-counted')
    expect(await registered(bridge)).toBe(before)
    await keyboard.press('Enter')
    await eventually(() => {
      expect(onRow()).toBe(true)
    })
  })

  it('registers all that it is sure of in one stroke; a doubtful place stops its own letters only', async () => {
    const { bridge } = await open()
    const before = await registered(bridge)
    await keyboard.press('Enter')
    await read()
    expect([0, 1, 2, 3, 4, 5, 6, 7].map((index) => rows()[index]?.match(/sûr|à décider|à vérifier/u)?.[0])).toEqual([
      'sûr',
      'sûr',
      'sûr',
      'à décider',
      'à décider',
      'à vérifier',
      'à vérifier',
      'à décider',
    ])
    all()
    await eventually(() => {
      expect(rows().filter((row) => /A-\d{6}$/u.test(row))).toHaveLength(3)
    })
    expect(await registered(bridge)).toBe(before + 3)
    expect(said('stack-left')).toBe('5 à enregistrer')
    // What was registered carries the label of its paper and what its sheet said.
    const found = await bridge.call('mail.search', { words: 'mandats 61' })
    const number = found.ok ? (found.value.lines[0]?.number ?? '') : ''
    const shown = await bridge.call('mail.show', { number })
    expect(shown.ok && shown.value.letter).toMatchObject({ label: '2026/RAB03-M1/L-000142', service: 'FIN' })
    expect(shown.ok && shown.value.files.map(({ name }) => name)).toEqual(['pile-matin 7.pdf'])
  })

  it('leads whoever waits at the sender to what was read, and after the last letter to the next stack', async () => {
    await open()
    await keyboard.press('Enter')
    await keyboard.press('Enter')
    await read()
    expect(document.activeElement?.closest('.stack-form')).not.toBeNull()
    useStack().letters = useStack().letters.map((one) =>
      one.id === useStack().selected ? one : { ...one, registered: { number: numberOf, duplicates: [] } },
    )
    await keyboard.press('Ctrl+Enter')
    await eventually(() => {
      expect(at()).toBe('stack-clear')
    })
  })

  it('cuts and keeps together by a letter while the list has the focus, and nowhere else', async () => {
    await open()
    await keyboard.press('Enter')
    await read()
    for (let row = 0; row < 3; row += 1) await keyboard.press('ArrowDown')
    await eventually(() => {
      expect(said('stack-stop')).toContain('Séparateur illisible')
    })
    part('entry-party')?.focus()
    await keyboard.press('g')
    expect(rows()).toHaveLength(8)
    document.querySelector<HTMLElement>('.stack-list [role=row][tabindex="0"]')?.focus()
    await keyboard.press('g')
    await eventually(() => {
      expect(rows()).toHaveLength(7)
      expect(part('stack-stop')).toBeNull()
    })
    expect(rows()[3]).toContain('faces 15 à 20')
    await read()
    for (let row = 0; row < 3; row += 1) await keyboard.press('ArrowDown')
    await eventually(() => {
      expect(said('stack-stop')).toContain('deuxième étiquette')
    })
    await keyboard.press('c')
    await eventually(() => {
      expect(rows()).toHaveLength(8)
    })
    await read()
    expect(said('stack-documents')).toContain('tout est décidé')
    expect(rows()[6]).toMatch(/faces 31 à 32/u)
  })

  it('takes a doubtful proposal by Enter alone, and one that is typed over is no proposal any more', async () => {
    const { bridge } = await open()
    const before = await registered(bridge)
    await keyboard.press('Enter')
    await read()
    for (let row = 0; row < 5; row += 1) await keyboard.press('ArrowDown')
    await eventually(() => {
      expect(part('stack-mark-letterDate')?.dataset.state).toBe('doubt')
    })
    expect(state(5)).toContain('vérifier')
    await keyboard.press('Ctrl+Enter')
    await eventually(() => {
      expect(at()).toBe('stack-date')
    })
    expect(await registered(bridge)).toBe(before)
    await keyboard.press('Enter')
    await eventually(() => {
      expect(part('stack-mark-letterDate')?.dataset.state).toBe('accepted')
      expect(at()).toBe('stack-subject')
    })
    await keyboard.write('Communication de pièces')
    expect(part('stack-mark-subject')).toBeNull()
    await keyboard.press('Ctrl+Enter')
    await eventually(async () => {
      expect(await registered(bridge)).toBe(before + 1)
    })
    // The next one is at hand, with what its sheet said.
    await eventually(() => {
      expect(part('stack-level')).toHaveProperty('value', 'confidential')
    })
  })

  it('shows a foreign code and uses it for nothing, and an answer only where somebody says so', async () => {
    await open()
    await keyboard.press('Enter')
    await read()
    await keyboard.press('End')
    await eventually(() => {
      expect(said('stack-foreign')).toContain('RE123456785MA')
    })
    expect(said('stack-label')).toContain('L-000146')
    for (let row = 0; row < 4; row += 1) await keyboard.press('ArrowUp')
    await eventually(() => {
      expect(said('stack-answers') || part('stack-answers')?.closest('label')?.textContent).toContain('D-000868')
    })
  })

  it('keeps a file that came by itself as it came, and everything while one looks elsewhere', async () => {
    const { bridge } = await open(120, 'message.eml')
    const before = await registered(bridge)
    await keyboard.press('Enter')
    await read()
    useMailOffice().view = 'letters'
    await eventually(() => {
      expect(part('mail-search')).not.toBeNull()
    })
    useMailOffice().view = 'stack'
    await eventually(() => {
      expect(onRow()).toBe(true)
    })
    part('entry-party')?.focus()
    await keyboard.write('Association du quartier')
    part('stack-subject')?.focus()
    await keyboard.write('Éclairage de la rue')
    await keyboard.press('Ctrl+Enter')
    await eventually(async () => {
      expect(await registered(bridge)).toBe(before + 1)
      expect(said('stack-number')).toMatch(/^A-\d{6}$/u)
    })
    await eventually(() => {
      expect(part('stack-clear')).not.toBeNull()
    })
  })
})
