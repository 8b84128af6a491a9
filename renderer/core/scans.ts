import { inject, onBeforeUnmount, onMounted, type InjectionKey } from 'vue'
import { classifyScan, type Scanned } from '#shared/domain/scan/classify.ts'
import { createScanFeed } from '#shared/domain/scan/scanFeed.ts'
import type { Bridge } from './bridge/index.ts'
import { listenToWedges, type Keys } from './wedgeKeys.ts'

/** Takes a scan, or leaves it to who was there before. */
export type TakeScan = (scanned: Scanned) => boolean
export interface Scans {
  readonly listen: (take: TakeScan) => () => void
}
export const scansKey: InjectionKey<Scans> = Symbol('scans')

/**
 * Everything that is scanned at this desk, by readers of the worker or by keyboard wedges; who listened last is asked
 * first.
 */
export function createScans(bridge: Pick<Bridge, 'on'>, page: Keys = window): Scans {
  const takers: TakeScan[] = []
  const offer = (text: string): void => {
    const scanned = classifyScan(text, new Date())
    takers.findLast((take) => take(scanned))
  }
  const wedge = createScanFeed(() => performance.now(), offer)
  bridge.on('scan', ({ text }) => {
    offer(text)
  })
  listenToWedges(page, (text) => {
    wedge.hear({ text, whole: true })
  })
  return {
    listen: (take) => {
      takers.push(take)
      return () => {
        takers.splice(takers.indexOf(take), 1)
      }
    },
  }
}

/** Hears scans while the component is on screen; `take` says whether it has used one. */
export function useScan(take: TakeScan): void {
  const scans = inject(scansKey)
  if (scans === undefined) throw new TypeError('scans are not provided')
  let release = (): void => {}
  onMounted(() => {
    release = scans.listen(take)
  })
  onBeforeUnmount(() => {
    release()
  })
}
