import type { CardEvent, CardReading } from '#shared/contract/cardEvents.ts'
import type { CardSource } from '#shared/ports/cardSource.ts'

export interface CardWatch {
  /** Resolves with the next event, from now on, that fits; rejects after ten seconds, naming what was seen. */
  next<E extends CardEvent>(fits: (event: CardEvent) => event is E): Promise<E>
  stop(): void
}

/** Looks at a card source as the worker does. */
export function watchCards(source: CardSource): CardWatch {
  const seen: string[] = []
  const waiting = new Set<(event: CardEvent) => void>()
  const stop = source.watch((event) => {
    seen.push(event.state)
    for (const look of waiting) look(event)
  })
  return {
    stop,
    next: (fits) =>
      new Promise((resolve, reject) => {
        const limit = setTimeout(() => {
          reject(new Error(`not seen; instead: ${seen.slice(-12).join(', ')}`))
        }, 10_000)
        const look = (event: CardEvent): void => {
          if (!fits(event)) return
          clearTimeout(limit)
          waiting.delete(look)
          resolve(event)
        }
        waiting.add(look)
      }),
  }
}

type Of<S extends CardEvent['state']> = Extract<CardEvent, { state: S }>

/** An event of one state, at one reader when named. */
export const at =
  <S extends CardEvent['state']>(state: S, reader?: string) =>
  (event: CardEvent): event is Of<S> =>
    event.state === state && (reader === undefined || ('reader' in event && event.reader === reader))

/** The end of a reading, well or badly. */
export const ending =
  (reader: string) =>
  (event: CardEvent): event is Of<'done' | 'failed'> =>
    at('done', reader)(event) || at('failed', reader)(event)

/** The fault of a failed reading, or the reading. */
export const outcome = (event: Of<'done' | 'failed'>): string | CardReading =>
  event.state === 'failed' ? event.fault.code : event.reading
