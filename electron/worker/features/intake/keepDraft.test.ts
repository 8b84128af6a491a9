import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RequestDraft } from '#shared/domain/request/request.ts'
import { faultOf } from '#shared/fault.ts'
import { ok } from '#shared/result.ts'
import type { Context, SignedIn } from '../../core/context.ts'
import { accessKind } from '../../core/recordAccess.ts'
import { deleteDraft, findDraft, listDrafts, saveDraft } from '../../core/rows/drafts.ts'
import { aCitizen, issuingOver } from '#tests/builders/deposits.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { viewDrafts } from '../../core/viewDrafts.ts'
import { discardDraft, keepDraft } from './keepDraft.ts'

const folder = temporaryFolder()
let store: ReturnType<typeof openTestStore>
let context: Context
let made = 0
const who = (login: string): SignedIn => ({ view: { login }, code: login }) as SignedIn
const agent = who('agent')
const noted = (note: string): RequestDraft => ({
  procedure: 'URB-001',
  procedureVersion: '2026.3',
  pieces: [],
  capacity: 'self',
  language: 'fr',
  note,
})
const [mine, other] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222']
const [left, right] = ['aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa', 'bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb']
const notes = (): (string | undefined)[] =>
  listDrafts(store.db, { login: 'agent', kind: 'request' }).map(({ draft }) => draft.note)

beforeEach(() => {
  store = openTestStore(folder.path)
  store.tx((db) => {
    for (const one of listDrafts(db, { login: 'agent', kind: 'request' }))
      deleteDraft(db, { login: 'agent', kind: 'request', id: one.id })
    return ok(undefined)
  })
  // Only what drafts need of a context.
  context = {
    store,
    clock: { now: () => new Date('2026-09-01T09:00:00.000Z') },
    newId: () => `cccccccc-cccc-4ccc-8ccc-${String((made += 1)).padStart(12, '0')}`,
  } as unknown as Context
})
afterEach(() => {
  store.close()
})

describe('drafts', () => {
  it('are several for one person, each replaced by its own newest version', () => {
    const first = valueOf(keepDraft(context, agent, { id: mine, draft: noted('a'), revision: 0, writer: left }))
    valueOf(keepDraft(context, agent, { id: other, draft: noted('b'), revision: 0, writer: left }))
    expect(keepDraft(context, agent, { id: mine, draft: noted('a2'), revision: first.revision, writer: left })).toEqual(
      ok({ revision: 2 }),
    )
    expect(notes().sort()).toEqual(['a2', 'b'])
    expect(viewDrafts(context, agent)).toHaveLength(2)
    expect(viewDrafts(context, who('agent2'))).toEqual([])
    discardDraft(context, agent, mine)
    expect(notes()).toEqual(['b'])
  })

  it('of two windows both stay: the later save over an older version is refused, and kept apart', () => {
    valueOf(keepDraft(context, agent, { id: mine, draft: noted('begun'), revision: 0, writer: left }))
    valueOf(keepDraft(context, agent, { id: mine, draft: noted('right'), revision: 1, writer: right }))
    const refused = keepDraft(context, agent, { id: mine, draft: noted('left'), revision: 1, writer: left })
    const kept = refused.ok ? undefined : refused.fault.values?.['kept']
    expect(refused).toEqual({ ok: false, fault: faultOf('draft.changed', undefined, { kept: String(kept) }) })
    expect(notes().sort()).toEqual(['left', 'right'])
    // From now on each window goes on with its own.
    expect(keepDraft(context, agent, { id: String(kept), draft: noted('left 2'), revision: 1, writer: left })).toEqual(
      ok({ revision: 2 }),
    )
    expect(findDraft(store.db, { login: 'agent', kind: 'request', id: mine })?.draft.note).toBe('right')
  })

  it('of one window are not taken apart by an answer that was lost', () => {
    for (const note of ['a', 'b', 'c'])
      expect(keepDraft(context, agent, { id: mine, draft: noted(note), revision: 0, writer: left }).ok).toBe(true)
    expect(notes()).toEqual(['c'])
  })

  it('that another window has deposited meanwhile are a new one: nothing that is typed is lost', () => {
    expect(keepDraft(context, agent, { id: mine, draft: noted('late'), revision: 7, writer: left })).toEqual(
      ok({ revision: 1 }),
    )
  })

  it('belong to the citizen for whom they were saved, whoever saves them without one afterwards', () => {
    const { context: whole } = issuingOver(store)
    const [omar, other] = [aCitizen(), aCitizen({ identity: { familyName: 'AUTRE', givenNames: 'Personne' } })]
    const order = { id: mine, draft: noted('a'), writer: left }
    valueOf(keepDraft(whole, agent, { ...order, revision: 0, citizen: omar }))
    valueOf(keepDraft(whole, agent, { ...order, revision: 1 }))
    const views = [viewDrafts(whole, agent), viewDrafts(whole, agent, omar), viewDrafts(whole, agent, other)]
    expect(views.flat().map(({ citizen, own }) => [citizen, own])).toEqual([
      ['SPÉCIMEN Omar', false],
      ['SPÉCIMEN Omar', true],
      ['SPÉCIMEN Omar', false],
    ])
    // Seen again in the same session is no new access.
    expect(store.db.all(`SELECT seq FROM journal WHERE kind = ?`, [accessKind])).toHaveLength(1)
    const full = (): never => {
      throw Object.assign(new Error('full'), { code: 'SQLITE_FULL' })
    }
    const unlogged = { ...whole, journal: { ...whole.journal, append: full } }
    expect(viewDrafts(unlogged, who('agent'), omar)).toMatchObject([{ citizen: '', own: true }])
  })

  it('from before windows had names are taken over by the first that saves from what it read', () => {
    store.tx((db) => {
      saveDraft(
        db,
        { login: 'agent', kind: 'request', id: mine },
        { draft: noted('old'), revision: 1, writer: undefined, savedAt: '2026-08-01T09:00:00.000Z' },
      )
      return ok(undefined)
    })
    expect(keepDraft(context, agent, { id: mine, draft: noted('new'), revision: 1, writer: left })).toEqual(
      ok({ revision: 2 }),
    )
  })
})
