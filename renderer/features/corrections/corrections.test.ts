import { enableAutoUnmount } from '@vue/test-utils'
import fc from 'fast-check'
import { defineComponent, h } from 'vue'
import { useRouter } from 'vue-router'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { RefusalCode } from '#shared/contract/platform.ts'
import { repairKind } from '#shared/contract/act.ts'
import { type CorrectionView, type RepairView } from '#shared/contract/features/corrections/calls.ts'
import { outboxState } from '#shared/contract/features/sync/calls.ts'
import { registerNumber } from '#shared/ids.ts'
import { ok } from '#shared/result.ts'
import type { Bridge } from '../../core/bridge/index.ts'
import { useSync } from '../../core/stores/sync.ts'
import { mountIn, mountOver } from '../../core/testing/mountIn.ts'
import { demoBridge } from '../../core/bridge/demo/index.ts'
import CorrectionsPage from './CorrectionsPage.vue'
import { markOf, remediesOf } from './marks.ts'
import { standingOf } from './standing.ts'

enableAutoUnmount(afterEach)
beforeEach(() => {
  vi.stubGlobal('__DEMO__', false)
})

const listed = async (): Promise<CorrectionView[]> => {
  const result = await demoBridge('refused').call('correction.list', {})
  return result.ok ? result.value.corrections : []
}
const states = fc.constantFrom(...outboxState.options)
const repairs = fc
  .array(fc.record({ kind: fc.constantFrom(...repairKind.options), state: states }), { maxLength: 4 })
  .map((all) =>
    all.map((one, at): RepairView => ({
      ...one,
      id: `01a20000-0000-7000-8000-00000000000${String(at)}`,
      seq: at + 2,
      reason: 'spécimen',
      agent: 'AG-014',
      at: '2026-11-21T10:00:00Z',
    })),
  )

describe('what can be done', () => {
  it('is what the rules leave open, and only a supervisor begins what takes two', async () => {
    const [one] = await listed()
    if (one === undefined) throw new Error('nothing refused')
    const ways = fc.uniqueArray(fc.constantFrom(...repairKind.options))
    fc.assert(
      fc.property(states, repairs, ways, fc.boolean(), (state, made, open, supervises) => {
        const { draft, ...wiped } = one
        const view = { ...one, act: { ...one.act, state }, repairs: made, open }
        const found = remediesOf(view, supervises)
        expect(found.includes('correct')).toBe(draft !== undefined && open.includes('corrected'))
        expect(found.includes('cancel')).toBe(supervises && open.includes('cancelled'))
        expect(found.includes('override')).toBe(supervises && open.includes('overridden'))
        expect(remediesOf({ ...wiped, open }, supervises)).not.toContain('correct')
        const waits = made.some((repair) => repair.state === 'pending' || repair.state === 'sending')
        expect(waits).toBe(standingOf(view) === 'waiting')
        expect(!waits && open.includes('corrected')).toBe(standingOf(view) === 'refused')
      }),
    )
  })

  it('begins where the platform found something wrong, whatever it names', async () => {
    const [one] = await listed()
    if (one === undefined) throw new Error('nothing refused')
    const marked = (code: RefusalCode, field?: string) =>
      markOf({ act: { ...one.act, refusal: { code, ...(field === undefined ? {} : { field }) } } })
    expect(marked('stampUsed')).toEqual({ mark: 'stamp' })
    expect(marked('refused', 'pieces.2')).toEqual({ mark: 'pieces', piece: 2 })
    expect(marked('refused', 'citizen.birthDate')).toEqual({ mark: 'citizen' })
    expect(marked('numberTaken', 'number')).toBeUndefined()
    expect(marked('stampUsed', 'constructor')).toEqual({ mark: 'stamp' })
    const { refusal: _, ...bare } = one.act
    expect(markOf({ act: bare })).toBeUndefined()
  })
})

describe('the correction desk', () => {
  const press = (key: string, more: object = {}) =>
    window.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, ...more }))

  it('says why, reopens the draft where it was refused, and waits after the new act', async () => {
    const { screen, bridge } = await mountIn(CorrectionsPage, 'refused')
    await vi.waitFor(() => {
      expect(screen.find('[data-testid=correction]').text()).toContain('Ce numéro de timbre a déjà servi')
    })
    expect(screen.find('blockquote').text()).toContain('was used before')
    press('F9')
    await vi.waitFor(() => {
      expect(document.activeElement?.getAttribute('data-testid')).toBe('correction-stamp')
    })
    expect(document.activeElement?.getAttribute('aria-invalid')).toBe('true')
    const stamp = screen.get<HTMLInputElement>('[data-testid=correction-stamp]')
    await stamp.setValue('T-2026-00418')
    expect(stamp.attributes('aria-invalid')).toBeUndefined()
    press('Enter', { ctrlKey: true })
    await vi.waitFor(() => {
      expect(document.activeElement?.getAttribute('data-testid')).toBe('correction-reason')
    })
    await screen.get('[data-testid=correction-reason]').setValue('timbre mal lu')
    press('Enter', { ctrlKey: true })
    await vi.waitFor(() => {
      expect(screen.find('[data-testid=standing]').attributes('data-standing')).toBe('waiting')
    })
    const listedAgain = await bridge.call('correction.list', {})
    expect(listedAgain.ok && listedAgain.value.corrections[0]?.draft?.fee?.stampNumber).toBe('T-2026-00418')
    expect(screen.find('[data-testid=act-correct]').exists()).toBe(false)
  })

  it('goes on with what is being corrected when the platform refuses more, and when another window repaired it', async () => {
    const demo = demoBridge('refused')
    const [first] = await listed()
    if (first === undefined) throw new Error('nothing refused')
    let now: readonly CorrectionView[] = [first]
    const bridge: Bridge = {
      ...demo,
      call: ((name: 'correction.list', input: never) =>
        name === 'correction.list'
          ? Promise.resolve(ok({ corrections: [...now], repaired: [] }))
          : demo.call(name, input)) as Bridge['call'],
    }
    const { screen, pinia } = await mountOver(bridge, CorrectionsPage)
    const becomes = async (views: readonly CorrectionView[]): Promise<void> => {
      now = views
      useSync(pinia).revision += 1
      await vi.waitFor(() => {
        const rows = screen.findAll('[data-testid=correction-row]').map((row) => row.attributes('data-number'))
        expect(rows).toEqual(views.map(({ act }) => act.number))
      })
    }
    await vi.waitFor(() => {
      expect(screen.find('[data-testid=act-correct]').exists()).toBe(true)
    })
    press('F9')
    const stamp = await vi.waitFor(() => screen.get<HTMLInputElement>('[data-testid=correction-stamp]'))
    await stamp.setValue('T-2026-00777')
    const other = {
      ...first,
      act: {
        ...first.act,
        id: '01a20000-0000-7000-8000-0000000000aa',
        number: registerNumber.parse(first.act.number?.replace(/\d$/u, (digit) => String((Number(digit) + 1) % 10))),
      },
    }
    for (const views of [[other, first], [other]]) {
      await becomes(views)
      expect(screen.get('p.of').text()).toContain(first.act.number)
      expect(screen.get<HTMLInputElement>('[data-testid=correction-stamp]').element.value).toBe('T-2026-00777')
    }
    press('Escape')
    await vi.waitFor(() => {
      expect(screen.find('[data-testid=correction-stamp]').exists()).toBe(false)
    })
  })

  it('moves the draft to another sheet of the catalogue, by its words', async () => {
    const { screen } = await mountIn(CorrectionsPage, 'refused')
    await vi.waitFor(() => {
      expect(screen.find('[data-testid=act-correct]').exists()).toBe(true)
    })
    press('F9')
    const search = await vi.waitFor(() => screen.get<HTMLInputElement>('[data-testid=procedure-search]'))
    expect(search.element.value).toMatch(/ · \d{4}\.\d+$/)
    await search.trigger('click')
    expect(screen.findAll('[data-testid=procedure-option]').length).toBeGreaterThan(1)
    await search.setValue('zzz')
    await vi.waitFor(() => {
      expect(screen.text()).toContain('Aucune démarche ne contient ces mots.')
    })
    await search.setValue('résidence')
    await search.trigger('keydown', { key: 'Enter' })
    await vi.waitFor(() => {
      expect(search.element.value).toContain('résidence')
    })
  })

  it('takes a cancellation only with a reason and a second person', async () => {
    const { screen } = await mountIn(CorrectionsPage, 'refused')
    await vi.waitFor(() => {
      expect(screen.find('[data-testid=act-cancel]').exists()).toBe(true)
    })
    press('Delete')
    await vi.waitFor(() => {
      expect(screen.find('[data-testid=witness-reason]').exists()).toBe(true)
    })
    await screen.get('[data-testid=decide]').trigger('click')
    expect(screen.findAll('.four-eyes [aria-invalid=true]')).toHaveLength(3)
    await screen.get('[data-testid=witness-reason]').setValue('déposé deux fois')
    await screen.get('[data-testid=witness-login]').setValue('agent')
    const password = screen.get<HTMLInputElement>('.four-eyes input[type=password]')
    await password.setValue('wrong')
    await screen.get('[data-testid=decide]').trigger('click')
    await vi.waitFor(() => {
      expect(screen.find('.four-eyes [data-code="session.badCredentials"]').exists()).toBe(true)
    })
    expect(password.element.value).toBe('')
    await password.setValue('demo')
    await screen.get('[data-testid=decide]').trigger('click')
    await vi.waitFor(() => {
      expect(screen.find('[data-testid=standing]').attributes('data-standing')).toBe('waiting')
    })
    expect(screen.find('[data-testid=history]').text()).toContain('CS-002')
  })

  it('finds the deposit that the address names, and lets its agent correct his own mistake of today', async () => {
    const all = await demoBridge('typical').call('outbox.list', {})
    const number = all.ok ? all.value.items.reduce((newest, one) => (one.seq > newest.seq ? one : newest)).number : ''
    const Sent = defineComponent(() => {
      void useRouter().push({ name: 'corrections', query: { number } })
      return () => h(CorrectionsPage)
    })
    const { screen } = await mountIn(Sent, 'typical')
    await vi.waitFor(() => {
      expect(screen.find('[data-testid=correction-own]').exists()).toBe(true)
    })
    press('F9')
    await vi.waitFor(() => {
      expect(screen.find('[data-testid=correction-reason]').exists()).toBe(true)
    })
    await screen.get('[data-testid=correction-reason]').setValue('pièce cochée à tort')
    press('Enter', { ctrlKey: true })
    await vi.waitFor(() => {
      expect(screen.find('[data-testid=standing]').attributes('data-standing')).toBe('waiting')
    })
  })

  it('offers an agent the correction and nothing that takes two', async () => {
    const { screen } = await mountIn(CorrectionsPage, 'faults')
    await vi.waitFor(() => {
      expect(screen.find('[data-testid=act-correct]').exists()).toBe(true)
    })
    expect(screen.find('[data-testid=act-cancel]').exists()).toBe(false)
    expect(screen.text()).toContain('demande le responsable')
    press('Delete')
    expect(screen.find('.four-eyes').exists()).toBe(false)
  })
})
