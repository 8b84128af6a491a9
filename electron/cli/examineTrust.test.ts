import { describe, expect, it } from 'vitest'
import { examinePlatformKey, examineSecrets } from './examineTrust.ts'

describe('the secrets of the demonstration in a real register', () => {
  it('are no finding where there are none', () => {
    expect(examineSecrets({ accounts: [], recipients: false, code: false })).toEqual([])
  })

  it('are each a fault by itself, with a way out', () => {
    const found = examineSecrets({ accounts: ['AD-001', 'AG-014'], recipients: true, code: true })
    expect(found.map(({ part, verdict }) => [part, verdict])).toEqual([
      ['accounts', 'fault'],
      ['carrier', 'fault'],
      ['code', 'fault'],
    ])
    expect(found[0]?.found).toContain('AD-001, AG-014')
    expect(found.every(({ remedy }) => (remedy ?? '').length > 20)).toBe(true)
    expect(examineSecrets({ accounts: [], recipients: false, code: true })).toHaveLength(1)
  })
})

describe('the key of the platform', () => {
  it('is its fingerprint, or a fault with what to do', () => {
    expect(examinePlatformKey('4TKW-9Q2M', false)).toMatchObject({ verdict: 'ok', found: '4TKW-9Q2M' })
    expect(examinePlatformKey(undefined, false)).toMatchObject({
      verdict: 'fault',
      found: 'platform.unknownKey (acts wait)',
      remedy: expect.stringContaining('guichet platform trust') as string,
    })
  })

  it('is met by itself only in a demonstration', () => {
    expect(examinePlatformKey(undefined, true).verdict).toBe('warning')
  })
})
