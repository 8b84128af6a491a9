import { expect, test } from 'vitest'
import { isAllowed, licenceIn, noticeOf } from './licences.ts'

test('a copyleft licence is refused unless a permissive alternative is offered', () => {
  expect(isAllowed('MIT')).toBe(true)
  expect(isAllowed('(MIT OR GPL-3.0-or-later)')).toBe(true)
  expect(isAllowed('MIT AND Apache-2.0')).toBe(true)
  expect(isAllowed('MIT AND GPL-2.0-only')).toBe(false)
  expect(isAllowed('GPL-3.0-or-later')).toBe(false)
  expect(isAllowed('LGPL-2.1')).toBe(false)
  expect(isAllowed('MPL-2.0')).toBe(false)
  expect(isAllowed('UNKNOWN')).toBe(false)
})

test('the notice names each package and carries each text once', () => {
  const notice = noticeOf([
    { name: 'a', version: '1.0.0', licence: 'MIT', text: 'permission is granted' },
    { name: 'b', version: '1.0.0', licence: 'MIT', text: 'permission is granted' },
  ])
  expect(notice).toContain('| a | MIT |')
  expect(notice).toContain('## a, b')
  expect(notice.split('permission is granted')).toHaveLength(2)
})

test('a licence that stands only in the read-me is found there', () => {
  expect(licenceIn('# thing\n\n## License\n\n(MIT)\n\nPermission is hereby granted\n')).toBe(
    '(MIT)\n\nPermission is hereby granted',
  )
  expect(licenceIn('# thing\n\n## License\nMIT\n## Next\nwords')).toBe('MIT')
  expect(licenceIn('# thing\nno licence')).toBe('')
})
