import { enableAutoUnmount } from '@vue/test-utils'
import { h, ref } from 'vue'
import { afterEach, expect, it, vi } from 'vitest'
import type { Inside, PaletteEntry, PaletteSource } from '../core/feature.ts'
import { keyboard } from '../core/testing/keys.ts'
import { mountIn } from '../core/testing/mountIn.ts'
import { inside as intake } from '../features/intake/inside.ts'
import { useOpened } from '../features/intake/stores/opened.ts'
import CommandPalette from './CommandPalette.vue'

enableAutoUnmount(afterEach)

const entry = (label: string, run: () => void = () => undefined): PaletteEntry => ({
  value: label,
  group: 'procedure',
  label,
  icon: 'file',
  run,
})
type Search = NonNullable<PaletteSource['search']>

async function openWith(...insides: readonly Inside[]) {
  const open = ref(false)
  const mounted = await mountIn(
    {
      render: () =>
        h(CommandPalette, {
          insides,
          open: open.value,
          'onUpdate:open': (now: boolean) => {
            open.value = now
          },
        }),
    },
    'typical',
  )
  open.value = true
  const field = await vi.waitFor(() => mounted.screen.get<HTMLInputElement>('[data-testid=palette]'))
  field.element.focus()
  const labels = (): string[] => mounted.screen.findAll('[role=option] .label').map((one) => one.text())
  return { ...mounted, open, field, labels }
}
const searching = (search: Search): Inside => ({ palette: () => ({ search }) })

it('looks in the catalogue for what was typed, by words that no title in the agent’s language has', async () => {
  const { field, labels, screen } = await openWith(intake)
  await field.setValue('بناء')
  await vi.waitFor(() => {
    expect(labels()).toEqual(['Permis de construire, petit projet'])
  })
  await field.setValue('zzzz')
  await vi.waitFor(() => {
    expect(screen.find('.nothing').exists()).toBe(true)
  })
})

it('a feature that fails costs its own entries only', async () => {
  const { field, labels } = await openWith(
    searching(() => Promise.reject(new Error('gone'))),
    searching((words) => Promise.resolve([entry(`Trouvé ${words}`)])),
  )
  await field.setValue('acc')
  await vi.waitFor(() => {
    expect(labels()).toContain('Trouvé acc')
    // The page is found as ever.
    expect(labels()).toContain('Accueil')
  })
})

it('Enter right after the last letter runs what these words find', async () => {
  const ran: string[] = []
  const { open } = await openWith(
    searching((words) => Promise.resolve([entry(`Trouvé ${words}`, () => ran.push(words))])),
  )
  await keyboard.write('quelque chose')
  await keyboard.press('Enter')
  await vi.waitFor(() => {
    expect([ran, open.value]).toEqual([['quelque chose'], false])
  })
})

it('finds a deposit by its number and by the name of its citizen, opens its sheet, and says what it does not see', async () => {
  const { field, labels, screen, bridge } = await openWith(intake)
  const day = await bridge.call('home.day', {})
  const [deposit] = day.ok ? day.value.deposits : []
  if (deposit === undefined) throw new Error('no deposit')
  for (const words of [deposit.number, deposit.citizen]) {
    await field.setValue(words)
    await vi.waitFor(() => {
      expect(labels()).toContain(`${deposit.number} · ${deposit.citizen}`)
    })
  }
  expect(screen.text()).toContain('Dépôts de ce poste seulement')
  await keyboard.press('Enter')
  await vi.waitFor(() => {
    expect(useOpened().deposit?.number).toBe(deposit.number)
  })
})
