import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { keyboard } from '../../../core/testing/keys.ts'
import { mountIn } from '../../../core/testing/mountIn.ts'
import MailPage from '../MailPage.vue'

enableAutoUnmount(afterEach)
/** What takes a moment alone takes seconds beside a build. */
const eventually = (check: () => unknown): Promise<unknown> => vi.waitFor(check, { timeout: 10_000 })
beforeEach(() => {
  vi.stubGlobal('__DEMO__', false)
})
const at = (): string | null => document.activeElement?.getAttribute('data-testid') ?? null
/** The keys of one letter: what is typed, letter by letter, and what goes on. */
let strokes = 0
const press = async (keys: string): Promise<void> => {
  strokes += keys.split('+').length
  await keyboard.press(keys)
}
const type = async (text: string): Promise<void> => {
  strokes += text.length
  await keyboard.write(text)
}
const open = async () => {
  const opened = await mountIn(MailPage, 'mail')
  await eventually(() => {
    expect(opened.screen.find('[data-testid=figure-arrival]').exists()).toBe(true)
  })
  await keyboard.press('F9')
  await eventually(() => {
    expect(at()).toBe('entry-party')
  })
  return opened
}
const plain = (text: string): string => text.replaceAll(/[\u2066-\u2069]/gu, '')
const numberNow = (screen: Awaited<ReturnType<typeof open>>['screen']): string =>
  screen.find('[data-testid=entry-number]').exists() ? plain(screen.get('[data-testid=entry-number]').text()) : ''
const focusOn = (id: string): void => document.querySelector<HTMLElement>(`[data-testid=${id}]`)?.focus()

describe('a letter is entered by keyboard alone', () => {
  it('in so many keys: sender found, reference, date by its digits, subject; the next one begins at once', async () => {
    const { screen } = await open()
    const letters = [
      { sender: 'wil', reference: 'WRSK/4520', date: '28', subject: 'Circulaire sur les marchés' },
      { sender: 'tri', reference: 'TA/1180', date: '1211', subject: 'Convocation du 14' },
      { sender: 'agen', reference: 'AU/1190', date: '2011', subject: 'Note de renseignements' },
    ]
    const counted: number[] = []
    for (const [index, letter] of letters.entries()) {
      strokes = 0
      await type(letter.sender)
      await press('Enter')
      await eventually(() => {
        expect(at()).toBe('entry-reference')
      })
      await type(letter.reference)
      await press('Enter')
      await eventually(() => {
        expect(at()).toBe('entry-date')
      })
      await type(letter.date)
      await press('Enter')
      await eventually(() => {
        expect(at()).toBe('entry-subject')
      })
      await type(letter.subject)
      await press('Ctrl+Enter')
      await eventually(() => {
        expect(numberNow(screen)).toBe(`A-0001${String(32 + index).padStart(2, '0')}`)
        expect(at()).toBe('entry-party')
      })
      counted.push(strokes)
    }
    const typed = letters.map(({ sender, reference, date, subject }) => `${sender}${reference}${date}${subject}`.length)
    process.stdout.write(
      `keys a letter: ${counted.join(', ')}; beside what is typed: ${counted.map((n, i) => n - (typed[i] ?? 0)).join(', ')}\n`,
    )
    // Beside the text itself: three times Enter, and Ctrl+Enter.
    expect(counted.map((n, i) => n - (typed[i] ?? 0))).toEqual([5, 5, 5])
    expect(screen.get('.stamp').text()).toContain('Note de renseignements')
  })

  it('takes the sender that was asked for, however fast one types, and never puts one in the directory in silence', async () => {
    const { screen, bridge } = await open()
    await keyboard.write('conserv')
    await keyboard.press('Enter')
    await eventually(() => {
      expect(screen.get<HTMLInputElement>('[data-testid=entry-party]').element.value).toBe('Conservation foncière')
    })
    focusOn('entry-party')
    await keyboard.write('Mme Zineb Lahbabi')
    focusOn('entry-reference')
    await eventually(() => {
      expect(screen.find('[data-testid=sender-new]').exists()).toBe(true)
    })
    const before = await bridge.call('mail.senders', { words: 'Mme Zineb' })
    expect(before.ok && before.value.senders).toEqual([])
    await keyboard.press('Ctrl+ ')
    await eventually(async () => {
      const after = await bridge.call('mail.senders', { words: 'Mme Zineb' })
      expect(after.ok && after.value.senders).toMatchObject([{ name: 'Mme Zineb Lahbabi', known: true }])
    })
  })

  it('shows letters like it while one types, and refuses none', async () => {
    const { screen } = await open()
    await keyboard.write('wil')
    await keyboard.press('Enter')
    await eventually(() => {
      expect(at()).toBe('entry-reference')
    })
    await keyboard.write('WRSK/SG/4502')
    focusOn('entry-subject')
    await keyboard.write('Circulaire : jours fériés de décembre')
    await eventually(() => {
      expect(plain(screen.get('[data-testid=entry-likes]').text())).toContain('A-000111')
    })
    await keyboard.press('Ctrl+Enter')
    await eventually(() => {
      expect(plain(screen.get('[data-testid=entry-was-like]').text())).toContain('A-000111')
    })
  })

  it('gives a letter its reference while it is written, by one key, and goes on with it later', async () => {
    const { screen } = await open()
    const value = (id: string): string => screen.get<HTMLInputElement>(`[data-testid=${id}]`).element.value
    await keyboard.press('Ctrl+D')
    await eventually(() => {
      expect(plain(screen.get('[data-testid=open-references]').text())).toMatch(/URB\/\d{4}\/M1-0041/u)
    })
    await keyboard.press('Ctrl+N')
    await eventually(() => {
      expect(at()).toBe('entry-service')
      expect(value('entry-reference')).toBe('')
    })
    await screen.get('[data-testid=entry-service]').setValue('EC')
    await keyboard.press('Ctrl+N')
    await eventually(() => {
      expect(value('entry-reference')).toMatch(/^EC\/\d{4}\/M1-0001$/u)
    })
    const given = value('entry-reference')
    // Once more gives no second one.
    await keyboard.press('Ctrl+N')
    await eventually(() => {
      expect(screen.findAll('[data-testid=go-on-with]')).toHaveLength(2)
    })
    expect(value('entry-reference')).toBe(given)
    await screen.findAll('[data-testid=go-on-with]')[1]?.trigger('click')
    await eventually(() => {
      expect(value('entry-reference')).toMatch(/^URB\/\d{4}\/M1-0041$/u)
      expect(value('entry-service')).toBe('URB')
    })
  })

  it('sets a reference aside that will not be used, with its reason', async () => {
    const { screen } = await open()
    await keyboard.press('Ctrl+D')
    await eventually(() => {
      expect(screen.findAll('[data-testid=drop-reference]')).toHaveLength(1)
    })
    await screen.get('[data-testid=drop-reference] button').trigger('click')
    await eventually(() => {
      expect(document.activeElement?.textContent).toBe('Lettre non envoyée')
    })
    await keyboard.press('Enter')
    await eventually(() => {
      expect(screen.findAll('[data-testid=drop-reference]')).toHaveLength(0)
    })
  })

  it('makes a document of a letter that goes out, from a model, once nothing is missing', async () => {
    const saved = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined)
    const { screen } = await open()
    expect(screen.find('[data-testid=entry-model]').exists()).toBe(false)
    await keyboard.press('Ctrl+D')
    await eventually(() => {
      expect(screen.find('[data-testid=entry-model]').exists()).toBe(true)
    })
    const pick = async (): Promise<void> => {
      await keyboard.press('Ctrl+P')
      await eventually(() => {
        expect(document.activeElement?.getAttribute('role')).toBe('menuitem')
      })
      document.activeElement?.dispatchEvent(new MouseEvent('click', { bubbles: true }))
    }
    await pick()
    await eventually(() => {
      expect(document.querySelector('[aria-invalid=true]')).not.toBeNull()
    })
    expect(saved).not.toHaveBeenCalled()
    focusOn('entry-party')
    await keyboard.write('Mme Alami')
    focusOn('entry-subject')
    await keyboard.write('Réponse')
    await pick()
    await eventually(() => {
      expect(saved).toHaveBeenCalledOnce()
    })
    saved.mockRestore()
  })

  it('converts a Hijri date when it is asked to, and keeps both', async () => {
    const { screen, bridge } = await open()
    await keyboard.write('Mme Alami')
    focusOn('entry-date')
    await keyboard.write('1/1/1448')
    focusOn('entry-subject')
    await keyboard.write('طلب')
    await keyboard.press('Ctrl+Enter')
    await eventually(() => {
      expect(screen.text()).toContain('Convertissez, ou corrigez')
      expect(at()).toBe('entry-date')
    })
    await keyboard.press('Enter')
    await eventually(() => {
      expect(at()).toBe('hijri-take')
    })
    await keyboard.press('Enter')
    await eventually(() => {
      expect(at()).toBe('entry-subject')
    })
    await keyboard.press('Ctrl+Enter')
    await eventually(() => {
      expect(numberNow(screen)).not.toBe('')
    })
    const found = await bridge.call('mail.search', { words: 'Alami' })
    const number = found.ok ? found.value.lines[0]?.number : undefined
    const shown = await bridge.call('mail.show', { number: number ?? '' })
    expect(shown.ok && shown.value.letter).toMatchObject({
      letterDate: '2026-06-16',
      letterDateWritten: '1/1/1448',
      language: 'ar+fr',
    })
  })

  it('says what is missing where it is missing, repeats the last values, keeps a sender, and turns the register', async () => {
    const { screen } = await open()
    focusOn('entry-reference')
    await keyboard.press('Ctrl+Enter')
    await eventually(() => {
      expect(document.querySelectorAll('[aria-invalid=true]')).toHaveLength(2)
      expect(at()).toBe('entry-party')
    })
    await keyboard.write('tres')
    await keyboard.press('Enter')
    focusOn('entry-subject')
    await keyboard.write('Mandats 61')
    await keyboard.press('Ctrl+Enter')
    await eventually(() => {
      expect(numberNow(screen)).toMatch(/^A-/)
    })
    await keyboard.press('F5')
    await eventually(() => {
      expect(screen.get<HTMLInputElement>('[data-testid=entry-party]').element.value).toBe('Trésorerie préfectorale')
      expect(screen.get<HTMLInputElement>('[data-testid=entry-subject]').element.value).toBe('Mandats 61')
    })
    await keyboard.press('Ctrl+d')
    await eventually(() => {
      expect(screen.text()).toContain('Destinataire')
    })
    await keyboard.press('Ctrl+Enter')
    await eventually(() => {
      expect(numberNow(screen)).toMatch(/^D-/)
    })
    // What is being typed outlives a look at the registers.
    await keyboard.write('Un brouillon')
    await keyboard.press('Escape')
    await eventually(() => {
      expect(screen.find('[data-testid=mail-search]').exists()).toBe(true)
    })
    await keyboard.press('F9')
    await eventually(() => {
      expect(screen.get<HTMLInputElement>('[data-testid=entry-party]').element.value).toBe('Un brouillon')
    })
  })
})
