import { faultOf, type Fault } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'

/** Status words of ISO 7816-4 §5.6 that decide something here. */
export const sw = {
  done: 0x9000,
  notFound: 0x6a82,
  pastTheEnd: 0x6b00,
  notAllowed: 0x6982,
} as const

/** A response APDU taken apart: `sw` is SW1 and SW2 as one number. */
export interface Response {
  readonly data: Uint8Array
  readonly sw: number
}

/** Splits data and status; an answer without two status bytes is `card.malformed`. */
export function parseResponse(answer: Uint8Array): Result<Response> {
  const [sw1, sw2] = [answer.at(-2), answer.at(-1)]
  if (sw1 === undefined || sw2 === undefined) return err(faultOf('card.malformed', 'answer without status'))
  return ok({ data: answer.subarray(0, -2), sw: (sw1 << 8) | sw2 })
}

/** `6Cxx`: the number of bytes that are there to be read, 1 to 256; undefined for any other status. */
export const exactLength = (status: number): number | undefined =>
  status >> 8 === 0x6c ? ((status & 0xff) === 0 ? 256 : status & 0xff) : undefined

/** `61xx`: the number of bytes that GET RESPONSE fetches next, 1 to 256; undefined for any other status. */
export const moreWaiting = (status: number): number | undefined =>
  status >> 8 === 0x61 ? ((status & 0xff) === 0 ? 256 : status & 0xff) : undefined

/** The card said no: the status in the detail, for support. */
export const refused = (status: number): Fault =>
  faultOf('card.refused', `status ${status.toString(16).padStart(4, '0').toUpperCase()}`)
