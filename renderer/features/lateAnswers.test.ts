import { createPinia, setActivePinia } from 'pinia'
import { createApp } from 'vue'
import { describe, expect, it, vi } from 'vitest'
import type { Call } from '#shared/contract/calls.ts'
import type { IdentityView } from '#shared/contract/features/intake/calls.ts'
import type { Scenario } from '../core/bridge/demo/state.ts'
import { demoBridge } from '../core/bridge/demo/index.ts'
import { bridgeKey } from '../core/bridge/index.ts'
import { feedStores } from '../core/stores/feed.ts'
import { heldAnswers } from '../core/testing/heldAnswers.ts'
import { useDayClosing } from './closing/store.ts'
import { useCorrections } from './corrections/store.ts'
import { useGiving } from './hall/welcome/giving.ts'
import { useLetters } from './mail/letters.ts'
import { useSearches } from './mail/searches.ts'
import { useTakeover } from './mail/takeover/takeover.ts'

/** A store over a register whose answers to these calls come late. */
async function late<T>(scenario: Scenario, use: () => T, ...names: Call[]) {
  const held = heldAnswers(demoBridge(scenario), ...names)
  const [app, pinia] = [createApp({}), createPinia()]
  app.use(pinia)
  app.provide(bridgeKey, held.bridge)
  setActivePinia(pinia)
  await app.runWithContext(() => feedStores(held.bridge))
  return { ...held, store: app.runWithContext(use) }
}
const citizen = (familyName: string): IdentityView =>
  ({ identityId: familyName, identity: { familyName, givenNames: 'Spécimen' } }) as unknown as IdentityView

describe('what was asked about one citizen', () => {
  it('says nothing of the next one, though it is answered after he came', async () => {
    const { store, release, waiting } = await late('hall', useGiving, 'appointments.ofCitizen')
    const finding = store.find(citizen('Bennani'))
    expect(waiting()).toBe(1)
    await store.find(undefined)
    await release()
    await finding
    expect(store.byCard).toBeUndefined()
    expect(store.number).toBe('')
  })

  it('nor of whoever takes a ticket without a card after him', async () => {
    const { store, release } = await late('hall', useGiving, 'appointments.ofCitizen')
    const finding = store.find(citizen('Bennani'))
    store.service = 'A'
    await store.give()
    expect(store.given?.ticket).toMatch(/^A/u)
    await release()
    await finding
    expect(store.byCard).toBeUndefined()
    expect(store.number).toBe('')
  })

  it('and the card that was laid down while the one before got his ticket is looked up', async () => {
    const { store, release } = await late('hall', useGiving, 'hall.issue')
    store.service = 'A'
    const giving = store.give()
    await store.find(citizen('Alaoui'))
    await release()
    await giving
    await vi.waitFor(() => {
      expect(store.byCard?.name).toContain('Alaoui')
    })
  })
})

describe('a deposit that is looked for by its number', () => {
  it('does not come back after somebody turned away from it', async () => {
    const { store, release } = await late('refused', useCorrections, 'correction.find')
    const finding = store.find('R-2026/000001')
    store.forget()
    await release()
    await finding
    expect([store.found, store.findFault]).toEqual([undefined, undefined])
  })
})

describe('a day that is chosen while another is still read', () => {
  it('is the one that is shown', async () => {
    const { store, releaseOne } = await late('supervisor', useDayClosing, 'day.status')
    const [first, second] = [store.load('2026-11-20'), store.load()]
    await releaseOne('newest')
    await second
    const shown = store.status
    expect(shown).toBeDefined()
    await releaseOne('oldest')
    await first
    expect(store.status).toBe(shown)
  })
})

describe('a letter that was chosen a moment ago', () => {
  it('is the one that is acted on, though it is not read yet', async () => {
    const { store } = await late('mail', useLetters)
    await store.load()
    await vi.waitFor(() => {
      expect(store.view).toBeDefined()
    })
    const [first, next] = store.lines ?? []
    expect(store.view?.number).toBe(first?.number)
    store.selected = next?.number
    expect((await store.chosen())?.number).toBe(next?.number)
  })

  it('is the first that is found, where the words were typed a moment ago', async () => {
    const { store } = await late('mail', useLetters)
    await store.load()
    await vi.waitFor(() => {
      expect(store.view).toBeDefined()
    })
    const wanted = store.lines?.at(-1)
    const before = store.selected
    store.words = wanted?.number ?? ''
    await Promise.resolve()
    expect(wanted?.number).not.toBe(before)
    expect((await store.chosen())?.number).toBe(wanted?.number)
  })

  it('stays chosen when the list that was left is answered', async () => {
    const { store, release } = await late('mail', useLetters, 'mail.search')
    const loading = store.load()
    store.leave()
    store.selected = 'A-2026/000001'
    await release()
    await loading
    expect(store.selected).toBe('A-2026/000001')
  })
})

describe('searches that are kept one right after the other', () => {
  it('are all kept', async () => {
    const { store, release } = await late('mail', useSearches, 'mail.keepSearches')
    const keeping = [store.keep('one'), store.keep('two')]
    await Promise.resolve()
    await release()
    await Promise.all(keeping)
    expect(store.all.map(({ name }) => name)).toEqual(expect.arrayContaining(['one', 'two']))
  })
})

describe('an older register in two code pages', () => {
  it('is read in the page that was chosen last', async () => {
    const { store, releaseOne, waiting } = await late('mail', useTakeover, 'mail.table')
    const bytes = new TextEncoder().encode('numero;date;objet;expediteur\n1;01/02/2020;Plan;Wilaya\n')
    const opening = store.open('old.csv', bytes)
    const again = store.readAs('windows-1256')
    expect(waiting()).toBe(2)
    await releaseOne('newest')
    await again
    const shown = store.table
    expect(shown).toBeDefined()
    await releaseOne('oldest')
    await opening
    expect(store.table).toBe(shown)
    expect(store.busy).toBe(false)
  })
})
