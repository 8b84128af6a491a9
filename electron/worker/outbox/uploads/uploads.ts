import type { FileState } from '#shared/contract/platform.ts'
import type { Fault } from '#shared/fault.ts'
import type { Sha256 } from '#shared/ids.ts'
import type { Clock } from '#shared/ports/clock.ts'
import { ok, type Result } from '#shared/result.ts'
import type { PendingUploads, WaitingFile } from '../ports.ts'
import type { Uploader } from './tusUploader.ts'

interface Parts {
  readonly pendingUploads: PendingUploads
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
   * Goes on until nothing waits or the link fails; a file that is refused does not stop those after it, and is tried
   * again later and later. One run at a time, and a run that is asked for during another is that one.
   * @param ask everything is tried now, also what was refused a moment ago
   * @returns why the link failed, or why the last file was refused
   */
  run(ask?: 'everything'): Promise<Fault | undefined>
  ended(): Promise<void>
}

/** So many files refused one after the other: it is not the files, and the run ends. */
const mostInARow = 20
/** A refused file is tried again after this, twice as long after each time, and once a day at last; in milliseconds. */
const firstRest = 60_000
const longestRest = 24 * 60 * 60_000
const restOf = (tries: number): number => Math.min(longestRest, firstRest * 2 ** Math.min(tries, 20))

/** It concerns this one file, and not the link, the device or a platform that has too much to do. */
const ofTheFile = ({ code }: Fault): boolean =>
  code === 'platform.failed' || code === 'file.missing' || code === 'file.damaged' || code === 'file.swapped'

/**
 * A file counts as brought only when the platform says that it holds it under its hash: what is known at the end of an
 * upload is
 * not enough, and what was brought by hand is not sent again.
 */
export function createUploads({ pendingUploads, uploader, state, clock, signal, onChange }: Parts): Uploads {
  let running: Promise<Fault | undefined> | undefined

  const held = async (file: WaitingFile): Promise<Result<boolean>> => {
    const known = await state(file.sha256)
    if (!known.ok) return known
    if (known.value !== 'stored') return ok(false)
    pendingUploads.stored([file.sha256], clock.now())
    onChange()
    return ok(true)
  }
  const bring = async (file: WaitingFile): Promise<Result<unknown>> => {
    const before = await held(file)
    if (!before.ok || before.value) return before
    const bytes = pendingUploads.bytes(file.sha256)
    if (!bytes.ok) return bytes
    const sent = await uploader.upload(
      file,
      bytes.value,
      (url) => {
        pendingUploads.saveUrl(file.sha256, url)
      },
      signal,
    )
    // Refused bytes, or an upload that is not there any more, are begun anew the next time.
    if (!sent.ok && sent.fault.code === 'platform.failed') pendingUploads.saveUrl(file.sha256, undefined)
    if (!sent.ok) return sent
    const after = await held(file)
    if (after.ok && !after.value) pendingUploads.saveUrl(file.sha256, undefined)
    return after
  }
  const all = async (now: boolean): Promise<Fault | undefined> => {
    const tried = new Set<string>()
    let refused: Fault | undefined
    let inARow = 0
    while (!signal.aborted && inARow < mostInARow) {
      const due = now ? undefined : clock.now()
      const file = pendingUploads.waiting(tried.size + 1, due).find((one) => !tried.has(one.sha256))
      if (file === undefined) return refused
      tried.add(file.sha256)
      const brought = await bring(file)
      inARow = brought.ok ? 0 : inARow + 1
      if (brought.ok) continue
      if (!ofTheFile(brought.fault)) return brought.fault
      refused = brought.fault
      pendingUploads.refused(file.sha256, refused, new Date(clock.now().getTime() + restOf(file.tries)))
      onChange()
    }
    return refused
  }
  return {
    run: (ask) =>
      (running ??= all(ask === 'everything').finally(() => {
        running = undefined
      })),
    ended: async () => {
      await running?.catch(() => undefined)
    },
  }
}
