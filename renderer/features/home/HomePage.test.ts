import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { mountIn } from '../../core/testing/mountIn.ts'
import HomePage from './HomePage.vue'

enableAutoUnmount(afterEach)
beforeEach(() => {
  vi.stubGlobal('__DEMO__', false)
})

describe('my day', () => {
  it('counts, and each number leads to what it counts', async () => {
    const { screen } = await mountIn(HomePage, 'typical')
    await vi.waitFor(() => {
      expect(screen.find('[data-testid=figure-served]').text()).toContain('23')
    })
    const whole = Number(screen.get('[role=grid]').attributes('aria-rowcount'))
    expect(whole).toBe(24)
    await screen.get('[data-testid=figure-incomplete]').trigger('click')
    expect(Number(screen.get('[role=grid]').attributes('aria-rowcount'))).toBeLessThan(whole)
    await vi.waitFor(() => {
      expect(document.activeElement?.getAttribute('role')).toBe('row')
    })
  })

  it('offers the next step on an empty day', async () => {
    const { screen } = await mountIn(HomePage, 'empty')
    await vi.waitFor(() => {
      expect(screen.text()).toContain('Aucun dépôt aujourd’hui')
    })
    expect(screen.text()).toContain('Servir un usager')
  })

  it('walks the deposits by keyboard', async () => {
    const { screen } = await mountIn(HomePage, 'typical')
    await vi.waitFor(() => {
      expect(screen.find('[role=grid]').exists()).toBe(true)
    })
    await screen.get('[data-testid=figure-served]').trigger('click')
    const selected = () => screen.find('[aria-selected=true]').attributes('aria-rowindex')
    await vi.waitFor(() => {
      expect(selected()).toBe('2')
    })
    for (const [key, row] of [
      ['ArrowDown', '3'],
      ['End', '24'],
      ['ArrowDown', '24'],
      ['Home', '2'],
      ['ArrowUp', '2'],
    ] as const) {
      await screen.get('[role=row][tabindex="0"]').trigger('keydown', { key })
      await vi.waitFor(() => {
        expect(selected()).toBe(row)
      })
    }
  })

  it('keeps the deposits that answer to what is typed, by one key to the field', async () => {
    const { screen, bridge } = await mountIn(HomePage, 'typical')
    const day = await bridge.call('home.day', {})
    const [deposit] = day.ok ? day.value.deposits : []
    await vi.waitFor(() => {
      expect(screen.find('[data-testid=home-find]').exists()).toBe(true)
    })
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'F3', bubbles: true, cancelable: true }))
    expect(document.activeElement?.getAttribute('data-testid')).toBe('home-find')
    await screen.get('[data-testid=home-find]').setValue(deposit?.number ?? '')
    expect(screen.findAll('[role=row] .citizen').map((one) => one.text())).toEqual([deposit?.citizen])
    await screen.get('[data-testid=home-find]').setValue('zzzz')
    expect(screen.text()).toContain('Aucun dépôt du jour ne correspond')
  })

  it('warns on the card of the link long before a block, what is over first, and leads to the page', async () => {
    const { screen } = await mountIn(HomePage, 'faults')
    await vi.waitFor(() => {
      expect(screen.find('[data-testid=sync-card]').exists()).toBe(true)
    })
    const card = screen.get('[data-testid=sync-card]')
    expect(card.findAll('.warning').map((line) => line.attributes('data-kind'))).toEqual([
      'clock',
      'alone',
      'disk',
      'reference',
    ])
    expect(card.attributes('href')).toBe('/sync')
  })
})
