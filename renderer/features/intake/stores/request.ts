import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { Fault } from '#shared/fault.ts'
import type { Piece, Procedure } from '#shared/domain/request/procedure.ts'
import { assess, type RequestDraft } from '#shared/domain/request/request.ts'
import type { Language } from '#shared/domain/text.ts'
import type { Sha256 } from '#shared/ids.ts'
import { useBridge } from '../../../core/bridge/index.ts'
import { lastWins } from '../lastWins.ts'
import { draftOnSheet, withState } from '#shared/domain/request/pieceLines.ts'
import { draftOn, hasWork, switched, toggled, withFile, withoutFile } from '../request/draft.ts'

/** What is known of a file on screen; after a restart only its digest is. */
export interface FileOnPiece {
  readonly name?: string
  readonly size: number
  readonly mime: string
}

/** The request being taken in: its sheet, its pieces, and the draft that survives a power cut. */
export const useRequest = defineStore('counter.request', () => {
  const bridge = useBridge()
  const sheets = shallowRef<readonly Procedure[]>()
  const catalogueFault = shallowRef<Fault>()
  const draft = shallowRef<RequestDraft>()
  const saved = shallowRef<'no' | 'saving' | 'yes' | 'restored'>('no')
  const saveFault = shallowRef<Fault>()
  const files = shallowRef<ReadonlyMap<string, FileOnPiece>>(new Map())
  /** The piece whose file is on its way, and the piece whose file was refused. */
  const busyPiece = shallowRef<string>()
  const pieceFault = shallowRef<{ readonly code: string; readonly fault: Fault }>()

  const sheet = computed(() => sheets.value?.find((one) => one.code === draft.value?.procedure))
  const save = lastWins(async (next: RequestDraft) => {
    const result = await bridge.call('draft.save', { draft: next })
    saveFault.value = result.ok ? undefined : result.fault
    saved.value = result.ok ? 'yes' : 'no'
  })
  let saving = Promise.resolve()
  const change = (next: RequestDraft): void => {
    draft.value = next
    saved.value = 'saving'
    saving = save(next)
  }
  const edit = (make: (now: RequestDraft) => RequestDraft): void => {
    if (draft.value !== undefined) change(make(draft.value))
  }

  const load = async (): Promise<void> => {
    const [catalogue, kept] = await Promise.all([
      bridge.call('catalogue.list', {}),
      draft.value === undefined ? bridge.call('draft.load', {}) : undefined,
    ])
    catalogueFault.value = catalogue.ok ? undefined : catalogue.fault
    if (catalogue.ok) sheets.value = catalogue.value.procedures
    const found = kept?.ok === true ? kept.value.draft : undefined
    const onSheet = sheets.value?.find((one) => one.code === found?.procedure)
    if (found === undefined || onSheet === undefined || draft.value !== undefined) return
    draft.value = draftOnSheet(found, onSheet)
    saved.value = 'restored'
  }
  const clear = (): void => {
    draft.value = undefined
    saved.value = 'no'
    saveFault.value = undefined
    pieceFault.value = undefined
    files.value = new Map()
  }
  const keepFile = async (
    code: string,
    asked: Promise<{ ok: true; value: { sha256: Sha256; mime: string; size: number } } | { ok: false; fault: Fault }>,
    name?: string,
  ): Promise<void> => {
    busyPiece.value = code
    pieceFault.value = undefined
    const result = await asked
    busyPiece.value = undefined
    if (!result.ok) {
      pieceFault.value = { code, fault: result.fault }
      return
    }
    const { sha256, size, mime } = result.value
    files.value = new Map(files.value).set(sha256, { size, mime, ...(name === undefined ? {} : { name }) })
    edit((now) => withFile(now, code, sha256))
  }

  return {
    sheets,
    sheet,
    draft,
    saved,
    saveFault,
    catalogueFault,
    files,
    busyPiece,
    pieceFault,
    load,
    clear,
    /** Resolves when nothing is being saved any more: what follows cannot be overtaken by an older draft. */
    settled: () => saving,
    assessment: computed(() =>
      sheet.value === undefined || draft.value === undefined ? undefined : assess(sheet.value, draft.value.pieces),
    ),
    worked: computed(() => sheet.value !== undefined && draft.value !== undefined && hasWork(draft.value, sheet.value)),
    choose: (code: string, language: Language): void => {
      const chosen = sheets.value?.find((one) => one.code === code)
      if (chosen !== undefined && code !== draft.value?.procedure)
        change(draftOn(chosen, draft.value?.language ?? language))
    },
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
    setStamp: (number: string): void => {
      edit((now) => ({
        ...now,
        fee: { centimes: now.fee?.centimes ?? 0, ...(number === '' ? {} : { stampNumber: number }) },
      }))
    },
    attach: async (code: string, file: File): Promise<void> => {
      await keepFile(
        code,
        file
          .arrayBuffer()
          .then((bytes) => bridge.call('attachment.add', { name: file.name, bytes: new Uint8Array(bytes) })),
        file.name,
      )
    },
    scan: async (code: string): Promise<void> => {
      await keepFile(code, bridge.call('attachment.scan', {}))
    },
    detach: (code: string, sha256: Sha256): void => {
      edit((now) => withoutFile(now, code, sha256))
    },
    /** Sets the draft aside; the returned function takes it back. */
    setAside: async (): Promise<() => void> => {
      const kept = draft.value
      const keptFiles = files.value
      clear()
      await saving
      await bridge.call('draft.discard', {})
      return () => {
        if (kept !== undefined && draft.value === undefined) {
          files.value = keptFiles
          change(kept)
        }
      }
    },
  }
})
