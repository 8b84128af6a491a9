import { flushPromises } from '@vue/test-utils'
import { expect, it, vi } from 'vitest'
import { parseMrz } from '#shared/domain/mrz/mrz.ts'
import { useCard } from '../../core/stores/card.ts'
import { mountIn } from '../../core/testing/mountIn.ts'
import CounterPage from './CounterPage.vue'
import { useCitizen } from './stores/citizen.ts'

const td3 = 'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10'

it('a scanned zone fills the typed identity, says what is proved, and goes along when it is used', async () => {
  const { screen } = await mountIn(CounterPage, 'empty')
  const card = useCard()
  card.zone = parseMrz(td3, new Date('2026-11-21T10:00:00Z'))
  await flushPromises()
  const fields = screen.findAll<HTMLInputElement>('.typed input').map((field) => field.element.value)
  expect(fields.slice(0, 5)).toEqual(['ERIKSSON', 'ANNA MARIA', '', 'L898902C3', '12/08/1974'])
  expect(screen.find('.typed .ui-badge.ok').exists()).toBe(true)

  await screen.find('.typed').trigger('submit')
  await vi.waitFor(() => {
    expect(card.citizen).toBeDefined()
  })
  await flushPromises()
  expect(card.citizen?.identity).toMatchObject({
    familyName: 'ERIKSSON',
    documentNumber: 'L898902C3',
    nationality: 'UTO',
    sex: 'F',
    validUntil: '2012-04-15',
  })
  expect(card.citizen?.source).toMatchObject({ kind: 'typed', reason: 'otherDocument' })
  expect(card.zone).toBeUndefined()

  card.zone = parseMrz(td3.replace('L898902C3', 'L898902C8'), new Date('2026-11-21T10:00:00Z'))
  await flushPromises()
  expect(screen.find('.typed .ui-badge.warn').exists()).toBe(true)
  await useCitizen().release()
  await flushPromises()
  expect([card.zone, screen.find('.typed').exists()]).toEqual([undefined, false])
})

it('what was scanned is gone with the agent', async () => {
  const { bridge } = await mountIn(CounterPage, 'empty')
  const card = useCard()
  card.zone = parseMrz(td3, new Date('2026-11-21T10:00:00Z'))
  await bridge.call('session.signOut', {})
  await vi.waitFor(() => {
    expect(card.zone).toBeUndefined()
  })
})
