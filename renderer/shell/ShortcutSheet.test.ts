import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, expect, it } from 'vitest'
import { h } from 'vue'
import ShortcutSheet from './ShortcutSheet.vue'
import { mountIn } from '../core/testing/mountIn.ts'

enableAutoUnmount(afterEach)

/** What the sheet says that the keys Alt and a digit open, in the order of the digits. */
async function opened(scenario: 'typical' | 'supervisor'): Promise<readonly string[]> {
  const { screen } = await mountIn({ render: () => h(ShortcutSheet, { open: true }) }, scenario)
  const rows = screen
    .findAll('dl > div')
    .map((row) => ({ words: row.get('dt').text(), keys: row.get('dd').text().replaceAll(/\s/g, '') }))
  return rows
    .filter((row) => /^Alt\d$/.test(row.keys))
    .sort((a, b) => a.keys.localeCompare(b.keys))
    .map((row) => row.words)
}

it('an agent is told the keys of the pages that he sees, and of no other', async () => {
  expect(await opened('typical')).toEqual(['Accueil', 'Guichet', 'Corrections', 'Synchronisation', 'Appareils'])
})
it('a supervisor is told more', async () => {
  expect(await opened('supervisor')).toContain('Journal')
})
