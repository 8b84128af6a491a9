import type { FileState } from '#shared/contract/platform.ts'
import type { Fault } from '#shared/fault.ts'
import type { Sha256 } from '#shared/ids.ts'
import type { Clock } from '#shared/ports/clock.ts'
import { ok, type Result } from '#shared/result.ts'
import type { Shelf, WaitingFile } from '../ports.ts'
import type { Uploader } from './tusUploader.ts'

interface Parts {
  readonly shelf: Shelf
  readonly uploader: Uploader
  /** Whether the platform holds a file, or why that could not be asked. */
  readonly state: (sha256: Sha256) => Promise<Result<FileState>>
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly onChange: () => void
}

/** Brings the files of acts to the platform, one after the other, beside the acts and never before them. */
export interface Uploads {
  /**
   * Goes on until nothing waits or something fails; one run at a time, and a run that is asked for during another is
   * that one.
   */
  run(): Promise<Fault | undefined>
  ended(): Promise<void>
}

/**
 * A file counts as brought only when the platform says that it holds it under its hash: what is known at the end of an
 * upload is
 * not enough, and what was brought by hand is not sent again.
 */
export function createUploads({ shelf, uploader, state, clock, signal, onChange }: Parts): Uploads {
  let running: Promise<Fault | undefined> | undefined

  const held = async (file: WaitingFile): Promise<Result<boolean>> => {
    const known = await state(file.sha256)
    if (!known.ok) return known
    if (known.value !== 'stored') return ok(false)
    shelf.stored([file.sha256], clock.now())
    onChange()
    return ok(true)
  }
  const bring = async (file: WaitingFile): Promise<Result<unknown>> => {
    const before = await held(file)
    if (!before.ok || before.value) return before
    const bytes = shelf.bytes(file.sha256)
    if (bytes === undefined) throw new Error('a queued file is not on the shelf')
    const sent = await uploader.upload(
      file,
      bytes,
      (url) => {
        shelf.saveUrl(file.sha256, url)
      },
      signal,
    )
    // Refused bytes, or an upload that is not there any more, are begun anew the next time.
    if (!sent.ok && sent.fault.code === 'platform.failed') shelf.saveUrl(file.sha256, undefined)
    if (!sent.ok) return sent
    const after = await held(file)
    if (after.ok && !after.value) shelf.saveUrl(file.sha256, undefined)
    return after
  }
  const all = async (): Promise<Fault | undefined> => {
    const tried = new Set<string>()
    while (!signal.aborted) {
      const file = shelf.waiting(tried.size + 1).find((one) => !tried.has(one.sha256))
      if (file === undefined) return undefined
      tried.add(file.sha256)
      const brought = await bring(file)
      if (!brought.ok) return brought.fault
    }
    return undefined
  }
  return {
    run: () =>
      (running ??= all().finally(() => {
        running = undefined
      })),
    ended: async () => {
      await running?.catch(() => undefined)
    },
  }
}
