import type { CardEvent } from '#shared/contract/cardEvents.ts'
import type { CardSource } from '#shared/ports/cardSource.ts'
import { ok } from '#shared/result.ts'

/**
 * The real readers and the simulated one as one source: a simulated reader is always there, so that the absence of real
 * ones is no longer news. A read without a named reader takes the first that holds a card, a real one before the
 * simulated.
 */
export function mergeCards(real: CardSource, simulated: CardSource): CardSource {
  const holderOf = async (reader: string | undefined): Promise<CardSource> => {
    const own = await simulated.list()
    const holds = own.ok && own.value.some((one) => (reader === undefined ? one.card : one.reader === reader))
    if (reader !== undefined) return holds ? simulated : real
    const found = await real.list()
    const realCard = found.ok && found.value.some((one) => one.card)
    return holds && !realCard ? simulated : real
  }
  return {
    list: async () => {
      const [found, always] = await Promise.all([real.list(), simulated.list()])
      return always.ok ? ok([...(found.ok ? found.value : []), ...always.value]) : found
    },
    watch: (listener) => {
      const unwatch = [
        real.watch((event) => {
          if (!isAbsence(event)) listener(event)
        }),
        simulated.watch(listener),
      ]
      return () => {
        for (const stop of unwatch) stop()
      }
    },
    read: async (options) => (await holderOf(options.reader)).read(options),
    signState: async (options) => (await holderOf(options.reader)).signState(options),
    sign: async (order) => (await holderOf(order.reader)).sign(order),
    close: async () => {
      await Promise.all([real.close(), simulated.close()])
    },
  }
}

const isAbsence = (event: CardEvent): boolean => event.state === 'noService' || event.state === 'noReader'
