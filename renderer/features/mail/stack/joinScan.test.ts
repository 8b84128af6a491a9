import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { RegisterNumber } from '#shared/ids.ts'
import { ok } from '#shared/result.ts'
import { demoBridge } from '../../../core/bridge/demo/index.ts'
import { demoId } from '../../../core/bridge/demo/ids.ts'
import type { Bridge } from '../../../core/bridge/index.ts'
import { handFile } from '../../../core/testing/files.ts'
import { keyboard } from '../../../core/testing/keys.ts'
import { mountOver } from '../../../core/testing/mountIn.ts'
import MailPage from '../MailPage.vue'
import { useMailOffice } from '../office.ts'

enableAutoUnmount(afterEach)
beforeEach(() => {
  vi.stubGlobal('__DEMO__', false)
})
const eventually = (check: () => unknown): Promise<unknown> => vi.waitFor(check, { timeout: 10_000 })
const part = (id: string): HTMLElement | null => document.querySelector<HTMLElement>(`[data-testid=${id}]`)
const at = (): string | null => document.activeElement?.getAttribute('data-testid') ?? null

/** A stack of one letter, whose code names a departure of the demonstration. */
async function atReturned(
  coded: { readonly references: string[] } | { readonly posted: string[] } = { references: ['URB/2026/M1-0040'] },
) {
  const demo = demoBridge('mail')
  const found = await demo.call('mail.search', { register: 'departure', limit: 1 })
  const departure = (found.ok ? found.value.lines[0]?.number : undefined) as RegisterNumber
  const bridge: Bridge = {
    ...demo,
    call: ((name: never, input: never, signal?: AbortSignal) => {
      if (name === 'mail.posted') return Promise.resolve(ok({ is: 'sent', departure }))
      if (name === 'mail.reference') return Promise.resolve(ok({ is: 'sent', departure }))
      if (name !== 'mail.split') return demo.call(name, input, signal)
      return Promise.resolve(
        ok({
          balance: { pages: 2, separators: 0, documents: 1, blanks: 0, unreadable: 0 },
          documents: [{ pages: [1, 2], sha256: demoId.sha(7), ...coded }],
          stops: [],
        }),
      )
    }) as Bridge['call'],
  }
  const { screen } = await mountOver(bridge, MailPage)
  await eventually(() => {
    expect(screen.find('[data-testid=figure-arrival]').exists()).toBe(true)
  })
  useMailOffice().view = 'stack'
  await eventually(() => {
    expect(at()).toBe('stack-counted-first')
  })
  handFile(part('stack-file'), 40, 'signée.pdf')
  await eventually(() => {
    expect(part('stack-joins')).not.toBeNull()
  })
  await keyboard.press('Enter')
  const shown = async () => {
    const one = await demo.call('mail.show', { number: departure })
    if (!one.ok) throw new Error('a letter of the demonstration')
    return one.value
  }
  return { screen, shown, departure }
}

describe('a letter that left and comes back signed', () => {
  it.each(['Ctrl+Enter', 'Ctrl+Shift+Enter'] as const)(
    'is added to its departure by %s, once it was read, and takes no number',
    async (key) => {
      const { shown, screen } = await atReturned()
      const before = await shown()
      await eventually(() => {
        expect(screen.text()).toContain('sûr')
      })
      // Nothing is to be filled in.
      expect(part('stack-subject')).toBeNull()
      await keyboard.press(key)
      await eventually(async () => {
        expect((await shown()).files.at(-1)?.name).toBe('signée.pdf')
      })
      const after = await shown()
      expect(after.files).toHaveLength(before.files.length + 1)
      expect(after.events.at(-1)).toMatchObject({ what: 'scanAdded', text: 'signée.pdf' })
      await eventually(() => {
        expect(screen.text()).toContain('Joint au départ')
      })
      expect(part('stack-stamp')).toBeNull()
    },
  )

  it('is its acknowledgement by the number of its item, once the day on it was typed', async () => {
    const { shown, screen } = await atReturned({ posted: ['RR473124829MA'] })
    await eventually(() => {
      expect(part('stack-signed')).not.toBeNull()
    })
    await keyboard.press('Ctrl+Enter')
    await eventually(() => {
      expect(document.querySelector('[aria-invalid=true]')).not.toBeNull()
    })
    expect((await shown()).acknowledgedOn).toBeUndefined()
    const field = screen.get<HTMLInputElement>('input[data-testid=stack-signed]')
    const { receivedOn } = await shown()
    await field.setValue(receivedOn)
    await keyboard.press('Ctrl+Enter')
    await eventually(async () => {
      expect(await shown()).toMatchObject({ acknowledgedOn: receivedOn })
    })
    expect((await shown()).files.at(-1)?.name).toBe('signée.pdf')
  })

  it('is a letter of its own where somebody says so', async () => {
    const { shown, screen } = await atReturned()
    const before = await shown()
    await eventually(() => {
      expect(screen.text()).toContain('sûr')
    })
    part('stack-joins')?.querySelector('input')?.click()
    await eventually(() => {
      expect(part('stack-subject')).not.toBeNull()
    })
    await keyboard.press('Ctrl+Enter')
    // It lacks what every letter of its own has to say.
    await eventually(() => {
      expect(document.querySelector('[aria-invalid=true]')).not.toBeNull()
    })
    expect((await shown()).files).toEqual(before.files)
  })
})
