import { enableAutoUnmount } from '@vue/test-utils'
import { h, nextTick } from 'vue'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { DepositView } from '#shared/contract/features/intake/calls.ts'
import { useComplement } from '../../core/complement.ts'
import { mountIn } from '../../core/testing/mountIn.ts'
import CounterPage from './CounterPage.vue'
import TypedIdentity from './citizen/TypedIdentity.vue'
import { useCitizen } from './stores/citizen.ts'

enableAutoUnmount(afterEach)
beforeEach(() => {
  vi.stubGlobal('__DEMO__', false)
})
const by = (id: string) => `[data-testid=${id}]`
const press = (key: string, ctrlKey = false, target: EventTarget = window): void => {
  target.dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey, bubbles: true, cancelable: true }))
}

it('suggests the name in the other script by one key, never over what was typed, and says which names were only suggested', async () => {
  const said: unknown[] = []
  const { screen } = await mountIn(
    {
      render: () =>
        h(TypedIdentity, {
          onSubmit: (typed) => {
            said.push(typed)
          },
        }),
    },
    'insert',
  )
  await screen.get(by('typed-family-name')).setValue('El Alaoui')
  await screen.get(by('typed-given-names')).setValue('Khalil')
  press(' ', true)
  await vi.waitFor(() => {
    expect(screen.get<HTMLInputElement>(by('typed-native-name')).element.value).toBe('خليل العلوي')
  })
  expect(screen.text()).toContain('Proposition')
  await screen.get(by('typed-reason')).setValue('noCard')
  await screen.get('form').trigger('submit')
  expect(said[0]).toMatchObject({ suggested: ['nativeName'], identity: { nativeName: 'خليل العلوي' } })

  await screen.get(by('typed-native-name')).setValue('خليل علوي')
  press(' ', true)
  await screen.get('form').trigger('submit')
  expect(said[1]).not.toHaveProperty('suggested')
  expect(said[1]).toMatchObject({ identity: { nativeName: 'خليل علوي' } })
})

it('shows the face beside the name by one key, and who came before by another', async () => {
  const { screen } = await mountIn(CounterPage, 'typical')
  await vi.waitFor(() => {
    expect(screen.find(by('earlier')).exists()).toBe(true)
  })
  press('i', true)
  await vi.waitFor(() => {
    expect(document.querySelector(by('compare'))?.querySelector('img')).not.toBeNull()
  })
  press('i', true, document.querySelector(by('compare')) ?? window)
  await vi.waitFor(() => {
    expect(document.querySelector(by('compare'))).toBeNull()
  })
})

it('opens what was deposited before, and completes by Enter what waits for pieces', async () => {
  const { screen, bridge } = await mountIn(CounterPage, 'typical')
  await vi.waitFor(() => {
    expect(screen.find(by('earlier')).exists()).toBe(true)
  })
  const { identityId } = useCitizen().citizen ?? {}
  const before = identityId === undefined ? undefined : await bridge.call('citizen.deposits', { identityId })
  const [waiting, other] = before?.ok
    ? [before.value.deposits.find(({ complete }) => !complete), before.value.deposits.find(({ complete }) => complete)]
    : []
  if (waiting === undefined || other === undefined) throw new Error('one that waits, and one that does not')
  const rowOf = async ({ number }: DepositView): Promise<void> => {
    press('F5')
    const row = await vi.waitFor(() => {
      const found = screen
        .findAll('dialog[open] [role=row]')
        .find((one) => one.text().includes(number.split('/').at(-1) ?? number))
      if (found === undefined) throw new Error('no such row')
      return found
    })
    await row.trigger('dblclick')
  }
  await rowOf(waiting)
  expect(useComplement().asked).toBe(waiting.number)
  await rowOf(other)
  await vi.waitFor(() => {
    expect(screen.find(by('deposit-correct')).exists()).toBe(true)
  })
})

it('takes an identity by hand from one key to another, also from a list', async () => {
  const { screen, bridge } = await mountIn(CounterPage, 'empty')
  await vi.waitFor(() => {
    expect(document.activeElement?.getAttribute('data-testid')).toBe('procedure-search')
  })
  press('F9')
  await vi.waitFor(() => {
    expect(document.activeElement?.getAttribute('data-testid')).toBe('typed-family-name')
  })
  await screen.get(by('typed-family-name')).setValue('El Alaoui')
  await screen.get(by('typed-given-names')).setValue('Khalil')
  await screen.get(by('typed-reason')).setValue('noCard')
  press('Enter', true, screen.get(by('typed-reason')).element)
  await vi.waitFor(async () => {
    const now = await bridge.call('card.state', {})
    expect(now.ok && now.value.citizen?.identity.familyName).toBe('El Alaoui')
  })
})

it('says at once that the scanner is waited for', async () => {
  const { screen } = await mountIn(CounterPage, 'pieces')
  await vi.waitFor(() => {
    expect(screen.find('[data-testid^="piece-"]').exists()).toBe(true)
  })
  press('F6')
  await nextTick()
  expect(screen.get('.saved').text()).toContain('Attente du scanner')
  await vi.waitFor(() => {
    expect(screen.get('.saved').text()).not.toContain('Attente du scanner')
  })
})
