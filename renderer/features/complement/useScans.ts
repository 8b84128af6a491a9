import { shallowRef, type ShallowRef } from 'vue'
import type { Fault } from '#shared/fault.ts'
import type { Sha256 } from '#shared/ids.ts'
import { useBridge } from '../../core/bridge/index.ts'

/** A file that was brought: what it is called here, nothing for a page from the scanner. Size in bytes. */
export interface Brought {
  readonly sha256: Sha256
  readonly size: number
  readonly name?: string
}

interface Scans {
  /** By the code of the piece. */
  readonly files: Readonly<ShallowRef<ReadonlyMap<string, readonly Brought[]>>>
  /** The piece whose file is on its way, and the one whose last file could not be taken. */
  readonly busy: Readonly<ShallowRef<string | undefined>>
  readonly fault: Readonly<ShallowRef<{ readonly code: string; readonly fault: Fault } | undefined>>
  scan(code: string): Promise<void>
  attach(code: string, file: File): Promise<void>
  remove(code: string, sha256: Sha256): void
  /** Another deposit: what is still on its way belongs to nobody any more. */
  clear(): void
}

/** The scans and files of a complement, kept by the register as they come; `came` hears which piece has one. */
export function useScans(came: (code: string) => void): Scans {
  const bridge = useBridge()
  const files = shallowRef<ReadonlyMap<string, readonly Brought[]>>(new Map())
  const busy = shallowRef<string>()
  const fault = shallowRef<{ code: string; fault: Fault }>()
  let deposit = 0
  const put = (code: string, list: readonly Brought[]): void => {
    files.value = new Map(files.value).set(code, list)
  }
  const of = (code: string): readonly Brought[] => files.value.get(code) ?? []
  const take = async (code: string, asked: () => ReturnType<typeof bridge.call<'attachment.scan'>>, name?: string) => {
    if (busy.value !== undefined) return
    const now = deposit
    busy.value = code
    fault.value = undefined
    const kept = await asked()
    if (now !== deposit) return
    busy.value = undefined
    if (!kept.ok) {
      fault.value = { code, fault: kept.fault }
      return
    }
    const { sha256, size } = kept.value
    // The same bytes twice are one file.
    put(code, [...of(code).filter((one) => one.sha256 !== sha256), { sha256, size, ...(name && { name }) }])
    came(code)
  }
  return {
    files,
    busy,
    fault,
    scan: (code) => take(code, () => bridge.call('attachment.scan', {})),
    attach: (code, file) =>
      take(
        code,
        async () => bridge.call('attachment.add', { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) }),
        file.name,
      ),
    remove: (code, sha256) => {
      put(
        code,
        of(code).filter((one) => one.sha256 !== sha256),
      )
    },
    clear: () => {
      deposit += 1
      files.value = new Map()
      busy.value = undefined
      fault.value = undefined
    },
  }
}
