import { findPinpad, type Pinpad } from '#drivers/card/pinpad.ts'
import { faultOf } from '#shared/fault.ts'
import type { CardChannel } from '#shared/ports/cardChannel.ts'
import { err, ok } from '#shared/result.ts'

/** The codes of CM_IOCTL_GET_FEATURE_REQUEST, and of FEATURE_VERIFY_PIN_DIRECT in this reader. */
const [featureRequest, verifyPin] = [0x42000d48, 0x420d0001]
const features = '120442330012' + '0604420D0001' + '0A0442330014'

/**
 * A reader whose keys the test presses, in front of a card: digits, or nothing in time, or the key that cancels. What
 * was sent to the reader is kept.
 */
export function keypad(
  channel: Pick<CardChannel, 'transmit'>,
  pressed: string,
  sent: Uint8Array[] = [],
): Promise<Pinpad | undefined> {
  return findPinpad(async (code, structure) => {
    if (code === featureRequest) return ok(Uint8Array.from(Buffer.from(features, 'hex')))
    if (code !== verifyPin) return err(faultOf('card.mute'))
    sent.push(structure)
    if (pressed === 'late' || pressed === 'cancelled') return ok(Uint8Array.of(0x64, pressed === 'late' ? 0 : 1))
    // After the structure of 19 bytes, the command: its PIN block is what the keys fill in.
    const command = Uint8Array.from(structure.subarray(19))
    command.set(Buffer.from(`2${pressed.length.toString(16)}${pressed.padEnd(14, 'f')}`, 'hex'), 5)
    return channel.transmit(command)
  }, featureRequest)
}

/** What a reader without keys answers to that question, or one that answers badly. */
export const featuresSaid = (hex: string): Promise<Pinpad | undefined> =>
  findPinpad(() => Promise.resolve(ok(Uint8Array.from(Buffer.from(hex, 'hex')))), featureRequest)
