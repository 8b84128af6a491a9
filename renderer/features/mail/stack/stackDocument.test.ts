import { describe, expect, it } from 'vitest'
import { registerNumber } from '#shared/ids.ts'
import { demoId } from '../../../core/bridge/demo/ids.ts'
import { blankDraft } from '../entry/draft.ts'
import {
  balanceOf,
  doubtsOf,
  isReady,
  letterFrom,
  stateOf,
  verbsAt,
  waitFor,
  withProposals,
  withReturned,
  withTyped,
  type Source,
  type StackLetter,
} from './stackDocument.ts'

const source: Source = {
  id: 1,
  name: 'pile.pdf',
  bytes: new Uint8Array(),
  balance: { pages: 12, separators: 2, documents: 3, blanks: 1, unreadable: 1 },
}
const settings = { fields: {}, today: '2026-11-21' }
const letter = (id: number, pages: readonly number[]): StackLetter =>
  letterFrom({ pages, sha256: demoId.sha(id) }, { id, source, whole: false })
// Sheets of two sides on 1-2 and 9-10, one that cannot be read on 6, a blank back on 12.
const letters = [letter(1, [3, 4, 5]), letter(2, [7, 8]), letter(3, [11])]
const sure = { sender: { value: 'Wilaya', confidence: 0.9 }, subject: { value: 'Circulaire', confidence: 0.8 } }

describe('a letter of a stack', () => {
  it('waits for its own place only, and beside a sheet that cannot be read with its neighbour', () => {
    const torn = { source: 1, page: 6, why: 'unreadableSeparator' } as const
    expect(waitFor(torn, letters).map(({ id }) => id)).toEqual([1, 2])
    expect(verbsAt(torn, letters)).toEqual({ cut: true, keep: true })
    const label = { source: 1, page: 8, why: 'secondLabel' } as const
    expect(waitFor(label, letters).map(({ id }) => id)).toEqual([2])
    expect(verbsAt(label, letters)).toEqual({ cut: true, keep: true })
    expect(verbsAt({ source: 1, page: 7, why: 'labelTwice' }, letters)).toEqual({ cut: false, keep: true })
    expect(waitFor({ source: 1, page: 12, why: 'nothingBehind' }, letters).map(({ id }) => id)).toEqual([3])
    expect(waitFor({ source: 2, page: 6, why: 'unreadableSeparator' }, letters)).toEqual([])
  })

  it('has every face in its balance once, and the gap to what was counted by hand', () => {
    const balance = balanceOf([source], letters, '4')
    expect(balance.read + balance.blanks + balance.sheetFaces).toBe(balance.faces)
    expect(balance).toMatchObject({
      documents: 3,
      gap: 1,
      read: 6,
      blanks: 1,
      sheetFaces: 5,
      separators: 3,
      unreadable: 1,
    })
    expect(balanceOf([source], letters, '').gap).toBeUndefined()
  })

  it('is sure by proposals that are, and never by one that somebody has to look at', () => {
    const [one] = letters
    if (one === undefined) throw new Error('no letter')
    expect(stateOf(one, false, settings)).toBe('reading')
    expect(stateOf(withProposals(one, sure, []), false, settings)).toBe('sure')
    expect(stateOf(withProposals(one, sure, []), true, settings)).toBe('stopped')
    expect(stateOf(withProposals(one, sure, ['hardToRead']), false, settings)).toBe('check')
    expect(stateOf(withProposals(one, { sender: sure.sender }, []), false, settings)).toBe('check')
    const date = { value: '2026-10-01', confidence: 0.49 }
    const doubtful = withProposals(one, { ...sure, date }, [])
    expect(doubtsOf(doubtful)).toEqual(['letterDate'])
    expect(doubtful.draft.letterDate).toBe('01/10/2026')
    expect(stateOf(doubtful, false, settings)).toBe('check')
    expect(stateOf(withTyped(doubtful, { letterDate: '20/11/2026' }), false, settings)).toBe('sure')
  })

  it('is the departure that was begun, once it comes back signed; added to it where that left already', () => {
    const [one] = letters
    if (one === undefined) throw new Error('no letter')
    const text = 'URB/2026/M1-0041'
    const begun = {
      ...blankDraft(),
      register: 'departure',
      party: 'Cadastre',
      reference: text,
      subject: 'Levé',
      level: 'confidential',
    } as const
    const back = withProposals(withReturned(one, { text, is: 'open' }, begun), sure, [])
    expect(back.draft).toMatchObject({
      register: 'departure',
      party: 'Cadastre',
      reference: text,
      level: 'confidential',
    })
    expect(stateOf(back, false, settings)).toBe('sure')
    expect(stateOf(withProposals(withReturned(one, { text, is: 'unknown' }), sure, []), false, settings)).toBe('check')
    const departure = registerNumber.parse('2026/RAB03-M1/D-000041')
    const sent = withProposals(withReturned(one, { text, is: 'sent', departure }), {}, ['hardToRead'])
    // Its code says where it goes, until somebody says that it does not.
    expect(stateOf(sent, false, settings)).toBe('sure')
    expect(stateOf(sent, true, settings)).toBe('stopped')
    expect(stateOf({ ...withProposals(sent, sure, []), joins: undefined }, false, settings)).toBe('check')
    // That nobody meant to send it is looked at; what is in the register under a number not for all takes no second one.
    const setAside = withProposals(withReturned(one, { text, is: 'setAside', setAside: 'notSent' }, begun), sure, [])
    expect([stateOf(setAside, false, settings), isReady(setAside, false, settings)]).toEqual(['check', true])
    const posted = withReturned(one, { text: 'RR473124829MA', is: 'posted', departure })
    const days = ['', '30/02/2026', '22/11/2026', '20/11/2026', '2011'].map((signedOn) => {
      const read = withProposals({ ...posted, signedOn }, sure, [])
      return [isReady(read, false, settings), stateOf(read, false, settings)]
    })
    expect(days).toEqual([...Array(3).fill([false, 'check']), ...Array(2).fill([true, 'sure'])])
    const hidden = withProposals(withReturned(one, { text, is: 'hidden' }), sure, [])
    expect([stateOf(hidden, false, settings), isReady(hidden, false, settings)]).toEqual(['check', false])
  })

  it('keeps what was typed while it was read', () => {
    const [one] = letters
    if (one === undefined) throw new Error('no letter')
    const read = withProposals(withTyped(one, { party: 'Tribunal' }), sure, [])
    expect(read.draft.party).toBe('Tribunal')
    expect(read.marks).toEqual({ subject: { confidence: 0.8, accepted: false } })
  })
})
