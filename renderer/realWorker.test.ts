import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { enableAutoUnmount } from '@vue/test-utils'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { EventName } from '#shared/contract/events.ts'
import { devicesWith, paperTrail, startWorker, type TestWorker } from '#tests/builders/worker.ts'
import type { Bridge } from './core/bridge/index.ts'
import { keyboard } from './core/testing/keys.ts'
import { mountOver } from './core/testing/mountIn.ts'
import { features } from './features.ts'

/**
 * The screens over the register itself: what the demonstration answers by hand, this answers by the worker. A screen
 * that only works over the demonstration fails here.
 */
enableAutoUnmount(afterEach)
let folder: string
let worker: TestWorker
const listeners = new Map<EventName, Set<(payload: never) => void>>()
const bridge: Bridge = {
  call: (name: never, input: never) => worker.ask(name, input),
  on: (event, listener) => {
    const heard = listeners.get(event) ?? new Set()
    listeners.set(event, heard.add(listener))
    return () => heard.delete(listener)
  },
  onRestart: () => undefined,
}
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'guichet-screens-'))
  worker = startWorker(folder, devicesWith(paperTrail(join(folder, 'paper.txt'))), {
    training: true,
  })
  const keep = worker.events.push.bind(worker.events)
  worker.events.push = (...told) => {
    for (const { name, payload } of told) for (const listener of listeners.get(name) ?? []) listener(payload as never)
    return keep(...told)
  }
})
afterAll(async () => {
  await worker.close()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(() => {
  vi.stubGlobal('__DEMO__', false)
})
const signIn = async (login: string): Promise<void> => {
  const signed = await worker.ask('session.signIn', { login, password: 'guichet-demo' })
  expect(signed.ok, JSON.stringify(signed)).toBe(true)
}
const pageOf = async (name: string) => {
  const page = features.flatMap(({ pages }) => pages ?? []).find((one) => one.name === name)
  const read = (await page?.component()) as { readonly default: object } | undefined
  if (read === undefined) throw new Error(`no page ${name}`)
  return mountOver(bridge, read.default)
}

describe('over the register itself', { timeout: 60_000 }, () => {
  it.each([
    ['agent', 'home'],
    ['agent', 'counter'],
    ['agent', 'corrections'],
    ['agent', 'devices'],
    ['agent', 'mail'],
    ['clerk', 'mail'],
    ['supervisor', 'day'],
    ['supervisor', 'sync'],
    ['supervisor', 'personalData'],
    ['supervisor', 'journal'],
    ['admin', 'accounts'],
    ['admin', 'trust'],
  ])('%s opens %s, and nothing is refused', async (login, name) => {
    await signIn(login)
    const { screen } = await pageOf(name)
    await vi.waitFor(
      () => {
        expect(screen.text().length).toBeGreaterThan(40)
        expect(screen.find('[data-code]').exists()).toBe(false)
      },
      { timeout: 15_000 },
    )
    await worker.ask('session.signOut', {})
  })

  it('serves a citizen: the procedure is typed, the receipt has its number, and its paper comes out', async () => {
    await signIn('agent')
    await worker.ask('identity.type', {
      identity: { familyName: 'SPÉCIMEN', givenNames: 'Leïla' },
      reason: 'noCard',
    })
    const { screen } = await pageOf('counter')
    const search = await vi.waitFor(
      () => {
        const field = screen.element.querySelector<HTMLInputElement>('[data-testid=procedure-search]')
        if (field === null) throw new Error('no field')
        return field
      },
      { timeout: 15_000 },
    )
    search.focus()
    await keyboard.press('ArrowDown')
    await keyboard.press('Enter')
    await vi.waitFor(
      () => {
        expect(screen.find('[data-testid=completeness]').exists()).toBe(true)
      },
      { timeout: 15_000 },
    )
    // Enter receives what is owed, piece by piece, until the act itself has the focus.
    const confirm = screen.get('[data-testid=confirm]').element
    for (let left = 20; left > 0 && document.activeElement !== confirm; left -= 1) await keyboard.press('Enter')
    await keyboard.press('Ctrl+Enter')
    await vi.waitFor(
      () => {
        expect(screen.get('[data-testid=receipt-number]').text()).toMatch(/^\d{4}\/RAB03-G2\/000001$/)
        expect(readFileSync(join(folder, 'paper.txt'), 'utf8')).toContain('000001')
      },
      { timeout: 20_000 },
    )
    // Nobody resumes what was deposited.
    expect(await worker.ask('draft.list', {})).toEqual({ ok: true, value: { drafts: [] } })
    await worker.ask('session.signOut', {})
  })

  it('the journal with that deposit is walked, and is whole', async () => {
    await signIn('supervisor')
    const { screen } = await pageOf('journal')
    await vi.waitFor(
      () => {
        expect(screen.text()).toContain('000001')
      },
      { timeout: 15_000 },
    )
    await keyboard.press('Ctrl+Enter')
    await vi.waitFor(
      () => {
        expect(screen.find('[data-testid=journal-verdict]').exists()).toBe(true)
        expect(screen.find('[data-code]').exists()).toBe(false)
      },
      { timeout: 10_000 },
    )
    await worker.ask('session.signOut', {})
  })
})
