import { computed, shallowRef, watch } from 'vue'
import type { ProcedureEntry } from '#shared/contract/features/catalogue/calls.ts'
import type { DraftView, IdentityView } from '#shared/contract/features/intake/calls.ts'
import type { Fault } from '#shared/fault.ts'
import type { Piece, Procedure } from '#shared/domain/request/procedure.ts'
import { personKey } from '#shared/domain/identity/samePerson.ts'
import { assess, type RequestDraft } from '#shared/domain/request/request.ts'
import type { Language } from '#shared/domain/text.ts'
import type { Sha256 } from '#shared/ids.ts'
import { useBridge } from '../../../core/bridge/index.ts'
import { useCard } from '../../../core/stores/card.ts'
import { useSync } from '../../../core/stores/sync.ts'
import { latestOnly } from '../latestOnly.ts'
import { draftOnSheet, withCapacity, withDocumentShown, withState } from '#shared/domain/request/pieceLines.ts'
import { draftOn, hasWork, switched, toggled, withFile, withoutFile } from '../request/draft.ts'
import { defineSessionStore } from '../../../core/stores/sessionStore.ts'
import { usePieceFiles } from './pieceFiles.ts'

/** So many sheets of the catalogue are listed at first, and with each step further. */
export const sheetsAtOnce = 100

/**
 * The request being taken in: its sheet, its pieces, and the draft that survives a power cut. It belongs to the citizen for
 * whom it was begun: when another one comes it waits, and comes back with him.
 */
export const useRequest = defineSessionStore('counter.request', () => {
  const bridge = useBridge()
  const desk = useCard()
  const sync = useSync()
  /** The beginning of the catalogue, and how much there is of it. */
  const offered = shallowRef<readonly ProcedureEntry[]>()
  const offeredInAll = shallowRef(0)
  const catalogueFault = shallowRef<Fault>()
  /** Why the sheet that was picked is not there. */
  const sheetFault = shallowRef<Fault>()
  const draft = shallowRef<RequestDraft>()
  /** Which of the drafts of this person is on screen. */
  const draftId = shallowRef<string>(crypto.randomUUID())
  /** Whose it is, by his `personKey`: nothing before anybody came, `unknown` when the register alone can tell. */
  let owner: string | undefined
  const unknown = ''
  /** The drafts that wait beside it; those of others wait until they are here. */
  const begun = shallowRef<readonly DraftView[]>([])
  const waiting = computed(() => begun.value.filter((one) => one.id !== draftId.value))
  const isOfAnother = (one: DraftView): boolean =>
    desk.citizen !== undefined && one.citizen !== undefined && one.own !== true
  /** Another window has changed the draft: this version goes on beside that one. */
  const parted = shallowRef<Fault>()
  const saved = shallowRef<'no' | 'saving' | 'yes' | 'restored'>('no')
  const saveFault = shallowRef<Fault>()
  /** Whole sheets by their code, each as it was when it was last asked for. */
  const sheets = shallowRef<ReadonlyMap<string, Procedure>>(new Map())
  const sheet = computed(() => sheets.value.get(draft.value?.procedure ?? ''))
  const sheetOf = async (code: string): Promise<Procedure | undefined> => {
    const found = await bridge.call('catalogue.sheet', { code })
    sheetFault.value = found.ok ? undefined : found.fault
    if (!found.ok) return undefined
    sheets.value = new Map(sheets.value).set(code, found.value)
    return found.value
  }
  /** This window, for the register: what it saved itself it may save over. */
  const writer = crypto.randomUUID()
  const revisions = new Map<string, number>()
  /** The citizen at the desk, where the draft on screen is his. */
  const ofCitizen = (id: string): { identityId?: IdentityView['identityId'] } =>
    id === draftId.value && desk.citizen !== undefined && owner === personKey(desk.citizen.identity)
      ? { identityId: desk.citizen.identityId }
      : {}
  /** The id that a draft goes on under, since it parted from what another window made of it. */
  const goesOn = shallowRef<ReadonlyMap<string, string>>(new Map())
  const goesOnAs = (id: string): string => goesOn.value.get(id) ?? id
  const savers = new Map<string, (next: RequestDraft) => Promise<void>>()
  /** Each draft by itself: what comes for one of them is not left out for another. */
  const save = (id: string, next: RequestDraft): Promise<void> => {
    const saver = savers.get(id) ?? latestOnly((latest: RequestDraft) => saveNow(id, latest))
    savers.set(id, saver)
    return saver(next)
  }
  const saveNow = async (id: string, next: RequestDraft): Promise<void> => {
    const asked = { id, draft: next, revision: revisions.get(id) ?? 0, writer, ...ofCitizen(id) }
    const result = await bridge.call('draft.save', asked)
    if (result.ok) revisions.set(id, result.value.revision)
    const apart = result.ok ? undefined : result.fault.values?.['kept']
    if (!result.ok && result.fault.code === 'draft.changed' && typeof apart === 'string') {
      // Refused over the other version, and kept beside it: the work goes on there.
      revisions.set(apart, 1)
      goesOn.value = new Map(goesOn.value).set(id, apart)
      if (draftId.value === id) {
        draftId.value = apart
        parted.value = result.fault
        saveFault.value = undefined
        saved.value = 'yes'
      }
      await listBegun()
      // What was typed meanwhile was meant for this version.
      if (draft.value !== undefined && draftId.value === apart && draft.value !== next) change(draft.value)
      return
    }
    if (id !== draftId.value) return
    saveFault.value = result.ok ? undefined : result.fault
    saved.value = result.ok ? 'yes' : 'no'
  }
  let saving = Promise.resolve()
  const change = (next: RequestDraft): void => {
    if (owner === undefined && desk.citizen !== undefined) owner = personKey(desk.citizen.identity)
    draft.value = next
    saved.value = 'saving'
    saving = save(draftId.value, next)
  }
  const listBegun = async (): Promise<void> => {
    const atDesk = desk.citizen
    const listed = await bridge.call('draft.list', atDesk === undefined ? {} : { identityId: atDesk.identityId })
    if (desk.citizen?.identityId === atDesk?.identityId) begun.value = listed.ok ? listed.value.drafts : []
  }
  const edit = (make: (now: RequestDraft) => RequestDraft): void => {
    if (draft.value !== undefined) change(make(draft.value))
  }

  /** Puts one of the drafts on screen, if nothing is there. */
  const restore = async (id: string): Promise<void> => {
    const kept = await bridge.call('draft.load', { id })
    const found = kept.ok ? kept.value.draft : undefined
    if (!kept.ok || found === undefined) return
    const onSheet = await sheetOf(found.procedure)
    if (onSheet === undefined || draft.value !== undefined) return
    draftId.value = id
    const view = begun.value.find((one) => one.id === id)
    owner = view?.citizen === undefined ? undefined : view.own === true ? ownerHere() : unknown
    revisions.set(id, kept.value.revision)
    draft.value = draftOnSheet(found, onSheet)
    saved.value = 'restored'
  }
  const ownerHere = (): string | undefined =>
    desk.citizen === undefined ? undefined : personKey(desk.citizen.identity)
  const listFrom = async (known: readonly ProcedureEntry[]): Promise<void> => {
    const listed = await bridge.call('catalogue.search', { words: '', limit: sheetsAtOnce, skip: known.length })
    catalogueFault.value = listed.ok ? undefined : listed.fault
    if (!listed.ok) return
    offered.value = [...known, ...listed.value.entries]
    offeredInAll.value = listed.value.total
  }
  /** A document that was read at the desk has been shown; one of another kind may be the piece all the same. */
  const shown = (now: RequestDraft, of: Procedure): RequestDraft =>
    desk.citizen?.source.kind === 'card' ? withDocumentShown(now, of) : now
  let choices = 0
  /** What was picked and is not there yet does not come any more. */
  const dropChoice = (): void => {
    choices += 1
  }
  /** `onlyClean`: where nothing is on screen when the sheet is there. */
  const choose = async (code: string, language: Language, onlyClean = false): Promise<void> => {
    dropChoice()
    const mine = choices
    if (code === draft.value?.procedure) return
    const chosen = await sheetOf(code)
    if (chosen === undefined || mine !== choices || (onlyClean && draft.value !== undefined)) return
    const { letter, language: kept = language } = draft.value ?? {}
    change({ ...shown(draftOn(chosen, kept), chosen), ...(letter === undefined ? {} : { letter }) })
  }
  const load = async (): Promise<void> => {
    await Promise.all([listFrom([]), desk.citizen === undefined ? listBegun() : meet(desk.citizen)])
  }
  /**
   * A citizen has come: what is on screen is his, or it waits, and what was begun for him before is on screen. What was
   * prepared before anybody came is for whoever comes first.
   */
  const meet = async (citizen: IdentityView): Promise<void> => {
    const key = personKey(citizen.identity)
    if (draft.value !== undefined && owner !== undefined && owner !== unknown && owner !== key) clear()
    if (draft.value !== undefined && owner === undefined)
      change(sheet.value === undefined ? draft.value : shown(draft.value, sheet.value))
    await saving
    await listBegun()
    if (desk.citizen?.identityId !== citizen.identityId) return
    if (draft.value !== undefined && owner === unknown) {
      if (begun.value.some((one) => one.id === draftId.value && one.own === true)) owner = key
      else clear()
    }
    const own = begun.value.find((one) => one.own === true)
    if (draft.value === undefined && own !== undefined) await restore(own.id)
  }
  watch(
    () => desk.citizen?.identityId,
    () => {
      if (desk.citizen === undefined) void listBegun()
      else void meet(desk.citizen)
    },
  )
  // The first sheets of a new counter come while its agent looks on.
  watch(
    () => sync.sync.lastSyncAt,
    () => {
      if (offered.value?.length === 0) void listFrom([])
    },
  )
  const clear = (): void => {
    dropChoice()
    sheetFault.value = undefined
    draft.value = undefined
    draftId.value = crypto.randomUUID()
    owner = undefined
    parted.value = undefined
    saved.value = 'no'
    saveFault.value = undefined
    files.value = new Map()
  }
  const pieces = usePieceFiles({
    now: () => draftId.value,
    isOnScreen: (id) => goesOnAs(id) === draftId.value,
    put: async (asked, code, sha256) => {
      const id = goesOnAs(asked)
      if (id === draftId.value && draft.value !== undefined) {
        edit((now) => withFile(now, code, sha256))
        return
      }
      // It waits for its citizen, or was deposited or thrown away meanwhile.
      const kept = await bridge.call('draft.load', { id })
      if (!kept.ok || kept.value.draft === undefined) return
      revisions.set(id, kept.value.revision)
      await save(id, withFile(kept.value.draft, code, sha256))
      await listBegun()
    },
  })
  const { files } = pieces

  return {
    offered,
    offeredInAll,
    sheet,
    sheetFault,
    draft,
    draftId,
    waiting,
    isOfAnother,
    parted,
    saved,
    saveFault,
    catalogueFault,
    ...pieces,
    load,
    clear,
    /** Takes up another of the drafts; the one on screen stays among those that wait. */
    open: async (id: string): Promise<void> => {
      if (id === draftId.value && draft.value !== undefined) return
      await saving
      clear()
      await restore(id)
      await listBegun()
    },
    /** Another request of this visit; the one on screen waits. */
    begin: async (): Promise<void> => {
      await saving
      clear()
      await listBegun()
    },
    listBegun,
    /** Resolves when nothing is being saved any more: what follows cannot be overtaken by an older draft. */
    settled: () => saving,
    assessment: computed(() =>
      sheet.value === undefined || draft.value === undefined ? undefined : assess(sheet.value, draft.value.pieces),
    ),
    worked: computed(() => sheet.value !== undefined && draft.value !== undefined && hasWork(draft.value, sheet.value)),
    listMore: (): Promise<void> => listFrom(offered.value ?? []),
    choose,
    dropChoice,
    toggle: (piece: Piece): void => {
      edit((now) => toggled(now, piece))
    },
    switchTo: (piece: Piece, state: 'obtained' | 'notApplicable'): void => {
      edit((now) => switched(now, piece, state))
    },
    setState: (code: string, state: Parameters<typeof withState>[2]): void => {
      edit((now) => withState(now, code, state))
    },
    set: (part: Partial<RequestDraft>): void => {
      edit((now) => ({ ...now, ...part }))
    },
    /** In whose name and which language; a mandate is due with somebody else's name. */
    setCapacity: (part: Partial<RequestDraft>): void => {
      const [of, { capacity }] = [sheet.value, part]
      edit((now) => ({
        ...(of === undefined || capacity === undefined ? now : withCapacity(now, of, capacity)),
        ...part,
      }))
    },
    setStamp: (number: string): void => {
      edit((now) => ({
        ...now,
        fee: { centimes: now.fee?.centimes ?? 0, ...(number === '' ? {} : { stampNumber: number }) },
      }))
    },
    detach: (code: string, sha256: Sha256): void => {
      edit((now) => withoutFile(now, code, sha256))
    },
    /** Sets the draft aside; the returned function takes it back. */
    setAside: async (): Promise<() => void> => {
      const [kept, keptFiles, id, keptOwner] = [draft.value, files.value, draftId.value, owner]
      clear()
      await saving
      await bridge.call('draft.discard', { id })
      revisions.delete(id)
      await listBegun()
      return () => {
        // Another citizen's request is not disturbed: the draft waits for its own.
        const here = desk.citizen === undefined ? keptOwner : personKey(desk.citizen.identity)
        if (kept === undefined) return
        if (draft.value !== undefined || here !== keptOwner) {
          void save(id, kept).then(listBegun)
          return
        }
        files.value = keptFiles
        draftId.value = id
        owner = keptOwner
        change(kept)
      }
    },
  }
})
