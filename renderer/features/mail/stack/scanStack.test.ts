import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Result } from '#shared/result.ts'
import { err, ok } from '#shared/result.ts'
import { demoBridge } from '../../../core/bridge/demo/index.ts'
import type { Bridge } from '../../../core/bridge/index.ts'
import { keyboard } from '../../../core/testing/keys.ts'
import { mountOver } from '../../../core/testing/mountIn.ts'
import MailPage from '../MailPage.vue'
import { useMailOffice } from '../office.ts'
import { useStack } from './stack.ts'

enableAutoUnmount(afterEach)
beforeEach(() => {
  vi.stubGlobal('__DEMO__', false)
})
const eventually = (check: () => unknown): Promise<unknown> => vi.waitFor(check, { timeout: 10_000 })
const at = (): string | null => document.activeElement?.getAttribute('data-testid') ?? null
const said = (id: string): string | undefined =>
  document.querySelector(`[data-testid=${id}]`)?.textContent.replaceAll(/[\u2066-\u2069]/gu, '')

/** The start of a stack, over a scanner that answers so; what the register tells meanwhile is told by `pages`. */
async function atScanner(scanner?: (signal?: AbortSignal) => Promise<Result<unknown>> | Result<unknown>) {
  const demo = demoBridge('mail')
  const heard = new Set<(payload: { pages: number }) => void>()
  const bridge: Bridge = {
    ...demo,
    call: ((name: never, input: never, signal?: AbortSignal) =>
      name === 'mail.scanStack' && scanner !== undefined
        ? Promise.resolve(scanner(signal))
        : demo.call(name, input, signal)) as Bridge['call'],
    on: (name: string, listener: (payload: never) => void) => {
      if (name !== 'stackPages') return demo.on(name as never, listener)
      heard.add(listener as never)
      return () => heard.delete(listener as never)
    },
  }
  const { screen } = await mountOver(bridge, MailPage)
  await eventually(() => {
    expect(screen.find('[data-testid=figure-arrival]').exists()).toBe(true)
  })
  useMailOffice().view = 'stack'
  await eventually(() => {
    expect(at()).toBe('stack-counted-first')
  })
  return {
    said: () => screen.text().replaceAll(/[\u2066-\u2069]/gu, ''),
    pages: (pages: number) => {
      for (const listener of heard) listener({ pages })
    },
  }
}
const scanned = { pdf: new Uint8Array(300), pages: 20 }

describe('a stack in the feeder', () => {
  it.each(['F6', 'Enter'])(
    'is scanned by %s once it was counted, and its balance stands there as of a file',
    async (key) => {
      await atScanner()
      await keyboard.write('8')
      await keyboard.press(key)
      await eventually(() => {
        expect(at()).toBe('stack-counted')
      })
      expect(said('stack-documents')).toContain('8')
    },
  )

  it('says how many pages are there, and stops at Esc without leaving the stack', async () => {
    const { pages } = await atScanner(
      (signal) =>
        new Promise((resolve) => {
          signal?.addEventListener('abort', () => {
            resolve(err({ code: 'call.cancelled' }))
          })
        }),
    )
    await keyboard.press('F6')
    pages(12)
    await eventually(() => {
      expect(said('stack-scanning')).toContain('12 pages')
    })
    await keyboard.press('Escape')
    await eventually(() => {
      expect(said('stack-scanning')).toBeUndefined()
    })
    expect(useMailOffice().view).toBe('stack')
    expect(useStack().fault).toBeUndefined()
  })

  it('that stopped in the middle is taken as far as it came, and says so', async () => {
    const ended = { code: 'scanner.stopped', values: { pages: 20 } } as const
    const { said: all } = await atScanner(() => ok({ ...scanned, ended }))
    await keyboard.press('F6')
    await eventually(() => {
      expect(said('stack-documents')).toContain('8')
    })
    expect(all()).toContain('après la page 20')
  })

  it('that is empty says so, and what was counted stays', async () => {
    const { said: all } = await atScanner(() => err({ code: 'scanner.empty' }))
    await keyboard.write('8')
    await keyboard.press('F6')
    await eventually(() => {
      expect(all()).toContain('chargeur du numériseur est vide')
    })
    expect(useStack().counted).toBe('8')
  })

  it('belongs to who began it: a sign-out stops the feeder', async () => {
    const stopped = vi.fn()
    await atScanner(
      (signal) =>
        new Promise(() => {
          signal?.addEventListener('abort', stopped)
        }),
    )
    await keyboard.press('F6')
    await eventually(() => {
      expect(useStack().scanning).toBeDefined()
    })
    useStack().$dispose()
    expect(stopped).toHaveBeenCalledOnce()
  })
})
