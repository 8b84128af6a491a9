import { expect, it } from 'vitest'
import * as contract from '#shared/contract/features.ts'
import { features } from './features.ts'

it('each feature is found once, by the name of its folder, in a place of its own in the rail', () => {
  const folders = Object.keys(import.meta.glob('./features/*/feature.ts')).map((path) => path.split('/')[2])
  expect(features.map(({ name }) => name).sort()).toEqual(folders.sort())
  expect(new Set(features.map(({ order }) => order)).size).toBe(features.length)
})

it('whoever has acts says what they are called', async () => {
  const said = await Promise.all(features.flatMap(({ acts }) => acts?.() ?? []))
  const kinds = Object.values(contract).flatMap((feature) =>
    'acts' in feature ? Object.values(feature.acts).map(({ journal }) => journal) : [],
  )
  expect(kinds.length).toBeGreaterThan(8)
  for (const kind of kinds)
    for (const as of ['short', 'done'] as const)
      expect(said.map((say) => say(kind, as)).filter((text) => text !== undefined && text !== '')).toHaveLength(1)
  expect(said.map((say) => say('file.shredded', 'done')).every((text) => text === undefined)).toBe(true)
})
