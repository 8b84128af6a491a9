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
  expect(await opened('typical')).toEqual([
    'Accueil',
    'Guichet',
    'Courrier',
    'Corrections',
    'Synchronisation',
    'Hall',
    'Rendez-vous',
    'Appareils',
  ])
})
it('a supervisor is told more', async () => {
  expect(await opened('supervisor')).toContain('Journal')
})

it('says what one begins with in one’s role, and how to practise', async () => {
  const said = async (scenario: 'typical' | 'supervisor'): Promise<string> => {
    document.body.innerHTML = ''
    const { screen } = await mountIn({ render: () => h(ShortcutSheet, { open: true }) }, scenario)
    return screen.get('[data-testid=first-day]').text()
  }
  const agent = await said('typical')
  expect(agent).toContain('Posez la carte de l’usager')
  expect(agent).toContain('Ce poste est en formation')
  const supervisor = await said('supervisor')
  expect(supervisor).not.toContain('Posez la carte')
  expect(supervisor).toContain('met un poste en formation')
})
