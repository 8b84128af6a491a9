import type { CardChannel } from '#shared/ports/cardChannel.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { exchange } from '../../apdu/readFile.ts'
import { refused, sw } from '../../apdu/response.ts'

/** What GET CARD DATA tells that decides something here. */
export interface CardData {
  /** 0x10, 0x11, 0x17, 0x18: the digits of the applet's version. */
  readonly applet: number
  /** Tries left of the PIN, applet 1.8. */
  readonly tries?: number
}

const getCardData = (p2: number, length: number): Uint8Array => Uint8Array.of(0x80, 0xe4, 0x00, p2, length)
/** 28 bytes for every applet; the newer ones add the tries and two bytes FF. */
const [usual, extended] = [0x1c, 0x1f]

/** Decodes the answer to GET CARD DATA (Belpic applet manual §6.14); undefined when it is too short. */
export function parseCardData(data: Uint8Array): CardData | undefined {
  const [applet, tries] = [data[21], data.length >= extended ? data[28] : undefined]
  if (applet === undefined || data.length < usual) return undefined
  return { applet, ...(tries === undefined || tries > 15 ? {} : { tries }) }
}

/** Asks for the card data, and on applet 1.8 for the tries left. Faults: those of the channel, card.refused. */
export async function readCardData(channel: CardChannel): Promise<Result<CardData>> {
  const first = await exchange(channel, getCardData(0, usual))
  if (!first.ok) return first
  const data = first.value.sw === sw.done ? parseCardData(first.value.data) : undefined
  if (data === undefined) return err(refused(first.value.sw))
  if (data.applet < 0x18) return ok(data)
  const second = await exchange(channel, getCardData(1, extended))
  if (!second.ok) return second
  return ok((second.value.sw === sw.done ? parseCardData(second.value.data) : undefined) ?? data)
}
