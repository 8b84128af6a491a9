import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, expect, it } from 'vitest'
import { defineComponent, h } from 'vue'
import { mountIn } from './testing/mountIn.ts'
import { useNamedOr } from './namedOr.ts'

enableAutoUnmount(afterEach)

const screen = defineComponent({
  setup: () => {
    const namedOr = useNamedOr()
    return () => h('p', `${namedOr('')} · ${namedOr('EL AMRANI')}`)
  },
})

it.each([
  ['typical', 'nom effacé à son terme · EL AMRANI'],
  ['accounts', 'nom réservé · EL AMRANI'],
] as const)('a name that is not shown is said to be erased only to who may see names: %s', async (scenario, said) => {
  const { screen: shown } = await mountIn(screen, scenario)
  expect(shown.text()).toBe(said)
})

it('and so in Arabic', async () => {
  const { screen: shown } = await mountIn(screen, 'accounts', 'ar')
  expect(shown.text()).toBe('الاسم محجوب · EL AMRANI')
})
