import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'

/** A control function of a reader: its code, and its data, answered by data. */
export type ReaderControl = (code: number, data: Uint8Array) => Promise<Result<Uint8Array>>

/** A reader with keys: it asks for the PIN, puts it into the command, and hands out only the status. */
export interface Pinpad {
  /**
   * Sends a VERIFY whose PIN block is FF; the answer is the status of the card or of the reader (6400 too late, 6401
   * cancelled).
   */
  verify(template: Uint8Array): Promise<Result<Uint8Array>>
}

/** FEATURE_VERIFY_PIN_DIRECT (PC/SC part 10, table 1). */
const verifyPinDirect = 0x06
/** A list of features longer than this is none, in entries of six bytes. */
const mostFeatures = 64

/**
 * Asks a reader for its features (CM_IOCTL_GET_FEATURE_REQUEST, PC/SC part 10 §2.2): tag, length 4, control code with
 * the high byte
 * first. Undefined for a reader without keys, or one that does not know the question.
 */
export async function findPinpad(control: ReaderControl, featureRequest: number): Promise<Pinpad | undefined> {
  const features = await control(featureRequest, new Uint8Array(0))
  const code = features.ok ? featureCode(features.value, verifyPinDirect) : undefined
  if (code === undefined) return undefined
  return {
    verify: async (template) => {
      const answer = await control(code, verifyStructure(template))
      if (!answer.ok) return answer
      return answer.value.length === 2 ? ok(answer.value) : err(faultOf('card.malformed', 'answer of the pinpad'))
    },
  }
}

function featureCode(list: Uint8Array, wanted: number): number | undefined {
  if (list.length > mostFeatures * 6) return undefined
  const view = new DataView(list.buffer, list.byteOffset, list.byteLength)
  for (let at = 0; at + 6 <= list.length && list[at + 1] === 4; at += 6) {
    if (list[at] === wanted) return view.getUint32(at + 2)
  }
  return undefined
}

/**
 * PIN_VERIFY_STRUCTURE (PC/SC part 10 §2.5.2), little-endian, for a PIN block of GlobalPlatform: its length in the low
 * half of the first
 * byte, then digits in BCD, padded with F; 4 to 12 digits, ended with the key of confirmation, 30 seconds for each.
 */
function verifyStructure(template: Uint8Array): Uint8Array {
  const seconds = 30
  // Bytes, one before the digits, left justified, BCD; 4 bits of length before 7 bytes of PIN, at bit 4.
  const [format, block, lengthFormat] = [0x89, 0x47, 0x04]
  const [most, least] = [12, 4]
  const onConfirmation = 0x02
  const oneMessage = 0x01
  const english = [0x09, 0x04]
  return Uint8Array.from([
    seconds,
    seconds,
    format,
    block,
    lengthFormat,
    most,
    least,
    onConfirmation,
    oneMessage,
    ...english,
    0x00,
    0x00,
    0x00,
    0x00,
    template.length & 0xff,
    template.length >> 8,
    0x00,
    0x00,
    ...template,
  ])
}
