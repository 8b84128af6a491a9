import { enableAutoUnmount, flushPromises } from '@vue/test-utils'
import { afterEach, expect, it, vi } from 'vitest'
import { specimenZones } from '#shared/domain/specimen.ts'
import { useCard } from '../../core/stores/card.ts'
import { mountIn } from '../../core/testing/mountIn.ts'
import CounterPage from './CounterPage.vue'

enableAutoUnmount(afterEach)
const zone = specimenZones.cnieClosed ?? ''

it('says how many tries are left, and shows the check digits while the zone is typed', async () => {
  const { screen } = await mountIn(CounterPage, 'accessRefused')
  expect(screen.find('.chip-access .tries').text()).toContain('2')
  const field = screen.find('[data-testid=access-mrz]')
  await field.setValue(zone.slice(0, 60))
  expect(screen.find('.zone-digits').exists()).toBe(false)
  await field.setValue(zone.replace('3311156', '3311157'))
  expect(screen.findAll('.zone-digits .differs').length).toBe(2)
  await field.setValue(zone)
  expect(screen.findAll('.zone-digits li').length).toBe(4)
  expect(screen.findAll('.zone-digits .differs').length).toBe(0)
})

it('a chip that says nothing leaves the zone: the form has the CIN of it, and the reason', async () => {
  const { screen } = await mountIn(CounterPage, 'chipSilent')
  await screen.find('[data-testid=by-zone]').trigger('click')
  expect(screen.find('[data-testid=access-can]').exists()).toBe(false)
  await screen.find('[data-testid=access-mrz]').setValue(zone)
  await screen.find('[data-testid=access-zone]').trigger('click')
  await flushPromises()
  const fields = screen.findAll<HTMLInputElement>('.typed input').map((field) => field.element.value)
  expect(fields).toContain('ZZ012345')
  await screen.find('.typed').trigger('submit')
  await vi.waitFor(() => {
    expect(useCard().citizen).toBeDefined()
  })
  expect(useCard().citizen).toMatchObject({
    identity: { familyName: 'SPECIMEN BENNANI', nationalNumber: 'ZZ012345', documentNumber: 'SP0000042' },
    source: { kind: 'typed', reason: 'cardUnreadable' },
  })
})
