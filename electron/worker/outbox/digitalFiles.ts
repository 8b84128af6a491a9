import { filePart } from '#shared/contract/platform.ts'
import type { DigitalFile, DigitalItem } from '#shared/domain/mail/digitalItem.ts'
import { faultOf, type Fault } from '#shared/fault.ts'
import type { Sha256 } from '#shared/ids.ts'
import type { Clock } from '#shared/ports/clock.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { WantedFiles } from './ports.ts'

interface Parts {
  readonly wantedFiles: WantedFiles
  /** Bytes of a file from one of them on. */
  readonly part: (item: string, sha256: Sha256, from: number) => Promise<Result<Uint8Array>>
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly onChange: () => void
}

/** Fetches the files of digital items, one after the other, beside the acts. */
export interface DigitalFiles {
  /**
   * Goes on until every item was tried or the link fails; one whose file is wrong stops none after it. One run at a time.
   * @param ask items that were tried a moment ago too
   * @returns why the link failed
   */
  run(ask?: 'everything'): Promise<Fault | undefined>
  ended(): Promise<void>
}

/** An item whose file was wrong is asked for again after this, in milliseconds. */
const rest = 60 * 60_000

/** It concerns this one file, and not the link, the device or a platform that has too much to do. */
const ofTheFile = ({ code }: Fault): boolean => code === 'platform.failed' || code === 'file.swapped'

/** An item is offered when each of its files is here whole, under its hash. */
export function createDigitalFiles({ wantedFiles, part, clock, signal, onChange }: Parts): DigitalFiles {
  let running: Promise<Fault | undefined> | undefined

  const fetched = async (item: DigitalItem, file: DigitalFile): Promise<Result<void>> => {
    if (wantedFiles.has(file.sha256)) return ok(undefined)
    const parts: Uint8Array[] = []
    for (let at = 0; at < file.size; at += filePart) {
      const next = await part(item.id, file.sha256, at)
      if (!next.ok) return next
      // Whatever is longer or shorter than it was said to be has another hash anyway.
      if (next.value.byteLength !== Math.min(filePart, file.size - at)) return err(faultOf('file.swapped'))
      parts.push(next.value)
    }
    return wantedFiles.keep(file, Buffer.concat(parts))
  }
  const fetchAll = async (item: DigitalItem): Promise<Result<void>> => {
    for (const file of item.files) {
      const came = await fetched(item, file)
      if (!came.ok) return came
    }
    return ok(undefined)
  }
  const all = async (now: boolean): Promise<Fault | undefined> => {
    for (const item of wantedFiles.items(new Date(clock.now().getTime() - (now ? 0 : rest)))) {
      const came = await fetchAll(item)
      if (signal.aborted) return undefined
      if (!came.ok && !ofTheFile(came.fault)) return came.fault
      if (came.ok) wantedFiles.ready(item)
      else wantedFiles.stopped(item, came.fault, clock.now())
      onChange()
    }
    return undefined
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
