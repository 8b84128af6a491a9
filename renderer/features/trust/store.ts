import { shallowRef } from 'vue'
import type { Examination, HeldSigner } from '#shared/domain/identity/countrySigner.ts'
import type { Fault } from '#shared/fault.ts'
import type { Sha256 } from '#shared/ids.ts'
import type { Result } from '#shared/result.ts'
import { useBridge } from '../../core/bridge/index.ts'
import { newest } from '../../core/newest.ts'
import { defineSessionStore } from '../../core/stores/sessionStore.ts'

/** A file that is being looked at before anything of it is believed. */
export interface OpenFile {
  readonly name: string
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly compared: readonly Sha256[]
  readonly found: Examination
}

/** The countries whose documents this counter believes. */
export const useTrust = defineSessionStore('trust', () => {
  const bridge = useBridge()
  const signers = shallowRef<readonly HeldSigner[]>()
  /** Those installed with the program cannot be told, or nothing could. */
  const fault = shallowRef<Fault>()
  const fileFault = shallowRef<Fault>()
  const file = shallowRef<OpenFile>()
  const busy = shallowRef(false)

  const load = async (): Promise<void> => {
    const listed = await bridge.call('trust.list', {})
    fault.value = listed.ok ? listed.value.fault : listed.fault
    if (listed.ok) signers.value = listed.value.signers
  }
  const during = async <T>(asked: () => Promise<Result<T>>): Promise<T | undefined> => {
    if (busy.value) return undefined
    busy.value = true
    const done = await asked()
    busy.value = false
    fileFault.value = done.ok ? undefined : done.fault
    return done.ok ? done.value : undefined
  }
  const begin = newest()
  const examine = async (handed: Omit<OpenFile, 'found'>): Promise<void> => {
    const isNewest = begin()
    const found = await during(() =>
      bridge.call('trust.examine', { bytes: handed.bytes, compared: [...handed.compared] }),
    )
    if (found !== undefined && isNewest()) file.value = { ...handed, found }
  }
  return {
    signers,
    fault,
    fileFault,
    file,
    busy,
    load,
    examine,
    close: (): void => {
      begin()
      file.value = undefined
      fileFault.value = undefined
    },
    /** Believes what the open file brings; how many that were, nothing when it failed. */
    believe: async (): Promise<number | undefined> => {
      const open = file.value
      if (open === undefined) return undefined
      const added = await during(() =>
        bridge.call('trust.add', { name: open.name, bytes: open.bytes, compared: [...open.compared] }),
      )
      if (added === undefined) return undefined
      file.value = undefined
      await load()
      return added.signers.length
    },
    remove: async (fingerprint: Sha256): Promise<boolean> => {
      const removed = await during(() => bridge.call('trust.remove', { fingerprints: [fingerprint] }))
      await load()
      return removed !== undefined
    },
  }
})
