import { expect, test } from 'vitest'
import { checkRoom, longestText } from './room.ts'

const saying = (text: string) => ({ title: { fr: 'Reçu', ar: 'وصل' }, rows: [{ value: { text } }, undefined, 4] })

test('a text has its room up to the longest, signs of direction not counted', () => {
  expect(checkRoom(saying('م'.repeat(longestText)))).toMatchObject({ ok: true })
  expect(checkRoom(saying(`\u2068${'W'.repeat(longestText)}\u2069`))).toMatchObject({ ok: true })
})

test('a longer one is refused, wherever it stands, without a word of it', () => {
  const refused = checkRoom(saying('W'.repeat(longestText + 1)))
  expect(refused).toMatchObject({ fault: { code: 'receipt.tooLong', values: { most: longestText } } })
  expect(JSON.stringify(refused)).not.toContain('WW')
})
