import { computed, shallowRef } from 'vue'
import type { Fault } from '#shared/fault.ts'
import type { Sha256 } from '#shared/ids.ts'
import type { Result } from '#shared/result.ts'
import { useBridge } from '../../../core/bridge/index.ts'

/** What is known of a file on screen; after a restart only its digest is. */
export interface FileOnPiece {
  readonly name?: string
  readonly size: number
  readonly mime: string
}

interface Drafts {
  /** The draft on screen. */
  readonly now: () => string
  /** Whether a draft is still the one on screen, under whatever id it goes on. */
  readonly isOnScreen: (draft: string) => boolean
  /** Puts a file to a piece of a draft, wherever that is by now: on screen, among those that wait, or gone. */
  readonly put: (draft: string, code: string, sha256: Sha256) => Promise<void>
}

/**
 * The scans and files of a request. A page comes seconds after it was asked for: it belongs to the request that asked,
 * whoever stands at the counter by then.
 */
export function usePieceFiles({ now, isOnScreen, put }: Drafts) {
  const bridge = useBridge()
  const files = shallowRef<ReadonlyMap<string, FileOnPiece>>(new Map())
  const underWay = shallowRef<{ readonly draft: string; readonly code: string; readonly stop?: () => void }>()
  const refused = shallowRef<{ readonly draft: string; readonly code: string; readonly fault: Fault }>()
  const ofScreen = <T extends { readonly draft: string }>(one: T | undefined): T | undefined =>
    one !== undefined && isOnScreen(one.draft) ? one : undefined
  const here = computed(() => ofScreen(underWay.value))

  const keep = async (
    code: string,
    asked: Promise<Result<{ sha256: Sha256; mime: string; size: number }>>,
    { name, stop }: { readonly name?: string; readonly stop?: () => void },
  ): Promise<void> => {
    const draft = now()
    const mine = { draft, code, ...(stop === undefined ? {} : { stop }) }
    underWay.value = mine
    refused.value = undefined
    const result = await asked
    if (underWay.value === mine) underWay.value = undefined
    if (!result.ok) {
      if (result.fault.code !== 'call.cancelled') refused.value = { draft, code, fault: result.fault }
      return
    }
    const { sha256, size, mime } = result.value
    files.value = new Map(files.value).set(sha256, { size, mime, ...(name === undefined ? {} : { name }) })
    await put(draft, code, sha256)
  }
  return {
    files,
    /** The piece whose file is on its way, and the piece whose file was refused. */
    busyPiece: computed(() => here.value?.code),
    /** The scanner was asked: whether there is one is known only when it answers, seconds later. */
    scanning: computed(() => here.value?.stop !== undefined),
    pieceFault: computed(() => ofScreen(refused.value)),
    attach: (code: string, file: File): Promise<void> => {
      const added = file
        .arrayBuffer()
        .then((bytes) => bridge.call('attachment.add', { name: file.name, bytes: new Uint8Array(bytes) }))
      return keep(code, added, { name: file.name })
    },
    scan: (code: string): Promise<void> => {
      const stopped = new AbortController()
      const stop = (): void => {
        stopped.abort()
      }
      return keep(code, bridge.call('attachment.scan', {}, stopped.signal), { stop })
    },
    /** The scanner does not answer, or the page is not wanted any more. */
    stopScan: (): void => {
      here.value?.stop?.()
    },
  }
}
