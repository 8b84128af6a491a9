import { randomBytes } from 'node:crypto'
import { faultOf, type Fault } from '#shared/fault.ts'
import type { CardChannel } from '#shared/ports/cardChannel.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { announcedByAtr, announcedByFile, answerLimit } from './answerLength.ts'
import { openBac, saysNothingOfKeys } from './bac.ts'
import { numberOf } from './bytes.ts'
import { createFileReader, files } from './elementaryFile.ts'
import { groupOf, openPace, type MappingProof, type PacePassword, type PaceRandom } from './pace.ts'
import { parseCardAccess, type PaceInfo } from './paceInfo.ts'
import { readLimit } from './secureMessaging.ts'

/** What is known of a chip before it is opened: its offers of PACE, and whether the application is selected already. */
export interface ChipState {
  readonly offers: readonly PaceInfo[]
  readonly selected?: boolean
  /** Most bytes of an answer, where chip and reader go beyond 256. */
  readonly answers?: number
}

/** What the agent holds of a document: its access number, or number, birth and expiry with their digits. */
export interface AccessSecret {
  readonly can?: string
  readonly mrzInformation?: string
}

export type Access = 'PACE-CAN' | 'PACE-MRZ' | 'BAC' | 'none'

/** A chip whose application is selected and may be read. `chunk` is the most that one read may ask for. */
export interface OpenChip {
  readonly access: Access
  readonly channel: CardChannel
  readonly chunk: number
  /** What a chip opened by chip authentication mapping left to be verified. */
  readonly mapping?: MappingProof
}

/** SELECT of the eMRTD application by its identifier. */
export const selectApplication = Uint8Array.of(0x00, 0xa4, 0x04, 0x0c, 0x07, 0xa0, 0x00, 0x00, 0x02, 0x47, 0x10, 0x01)
/** SELECT of the master file. */
export const selectMasterFile = Uint8Array.of(0x00, 0xa4, 0x00, 0x0c, 0x02, 0x3f, 0x00)
/** READ BINARY of EF.ATR/INFO (2F01) by its short identifier. */
const readAtrInfo = Uint8Array.of(0x00, 0xb0, 0x81, 0x00, 0x00)
const isEnd = (answer: Uint8Array): boolean => answer.at(-2) === 0x62 && answer.at(-1) === 0x82
const isDone = (answer: Uint8Array): boolean => answer.at(-2) === 0x90 && answer.at(-1) === 0x00

/** A scalar from 1 to the order less 1; 16 bytes more than the order make the bias of the remainder harmless. */
const random: PaceRandom = {
  scalar: (order) => (numberOf(randomBytes(Math.ceil(order.toString(16).length / 2) + 16)) % (order - 1n)) + 1n,
  nonce: (length) => randomBytes(length),
}

/**
 * What the chip offers under the master file, which is selected after a reset; empty for chips without PACE. A chip
 * that was read
 * before, by us or by another program, stands in its application still: there the master file is selected first.
 */
export async function readOffers(channel: CardChannel): Promise<Result<readonly PaceInfo[]>> {
  const fresh = await readCardAccess(channel)
  if (!fresh.ok) return fresh
  if (fresh.value !== undefined) return ok(parseCardAccess(fresh.value))
  const master = await channel.transmit(selectMasterFile)
  if (!master.ok) return master
  const again = isDone(master.value) ? await readCardAccess(channel) : fresh
  return again.ok ? ok(again.value === undefined ? [] : parseCardAccess(again.value)) : again
}

async function readCardAccess(channel: CardChannel): Promise<Result<Uint8Array | undefined>> {
  const file = await createFileReader(channel, 256).read(files.cardAccess)
  return !file.ok && file.fault.code === 'card.refused' ? ok(undefined) : file
}

/**
 * How long the answers of this chip may be beyond 256 bytes; undefined when they may not. Asks EF.ATR/INFO only where
 * the ATR is
 * silent on it, and only under the master file: one command, which saves fifty.
 */
export async function readAnswerLimit(channel: CardChannel): Promise<Result<number | undefined>> {
  const announced = announcedByAtr(channel.atr)
  if (announced === 'short') return ok(undefined)
  const file = await channel.transmit(readAtrInfo)
  if (!file.ok) return file
  return ok(
    isDone(file.value) || isEnd(file.value)
      ? announcedByFile(file.value.subarray(0, -2))
      : announced === 'extended'
        ? answerLimit()
        : undefined,
  )
}

const preference: Readonly<Record<PaceInfo['mapping'], number>> = { CAM: 20, GM: 10, IM: 0 }
// Keys of curves are shorter, so that they fit short commands and answers.
const strength = ({ mapping, cipher, agreement }: PaceInfo): number =>
  (agreement === 'ECDH' ? 40 : 0) + preference[mapping] + ['3DES', 'AES-128', 'AES-192', 'AES-256'].indexOf(cipher)

/** Selects the application outside secure messaging; whether the chip has it. Faults: those of the channel. */
export async function applicationSelected(channel: CardChannel): Promise<Result<boolean>> {
  const selected = await channel.transmit(selectApplication)
  return selected.ok ? ok(isDone(selected.value)) : selected
}

/** A wrong number: with the tries that the chip says are left (63Cx), or blocked (none left, or 6983). */
function refusedAccess(detail = ''): Fault {
  const [, counted] = / 63c([0-9a-f])$/.exec(detail) ?? []
  if (counted === '0' || detail.endsWith(' 6983')) return faultOf('card.accessBlocked', detail)
  return faultOf(
    'card.accessRefused',
    detail,
    counted === undefined ? undefined : { tries: Number.parseInt(counted, 16) },
  )
}

/**
 * Opens a chip by the best way that it offers and that the secret allows: PACE with the access number, PACE with the
 * zone, then
 * BAC (Doc 9303-11 §4.2). Faults: card.accessNeeded without a secret that fits; card.accessRefused for a wrong one;
 * those of the channel.
 */
export async function openChip(
  channel: CardChannel,
  secret: AccessSecret,
  { offers, selected = false, answers }: ChipState,
): Promise<Result<OpenChip>> {
  const info = offers.filter((offer) => groupOf(offer) !== undefined).sort((a, b) => strength(b) - strength(a))[0]
  const passwords: readonly PacePassword[] = [
    ...(secret.can === undefined ? [] : [{ kind: 'CAN', number: secret.can } as const]),
    ...(secret.mrzInformation === undefined ? [] : [{ kind: 'MRZ', information: secret.mrzInformation } as const]),
  ]
  // A chip that offers PACE keeps everything behind it, its application too on some.
  if (info !== undefined && passwords.length === 0) return err(faultOf('card.accessNeeded'))
  for (const password of passwords) {
    if (info === undefined) break
    const opened = await openPace(channel, info, password, random)
    if (opened.ok) {
      const { channel: secured, mapping } = opened.value
      const chosen = await secured.transmit(selectApplication)
      if (!chosen.ok) return chosen
      if (!isDone(chosen.value)) return err(faultOf('card.unsupported', 'no eMRTD application'))
      return ok({
        access: `PACE-${password.kind}`,
        channel: secured,
        chunk: readLimit(info.cipher, answers),
        ...(mapping !== undefined && { mapping }),
      })
    }
    if (opened.fault.code !== 'card.refused') return opened
    if (secret.mrzInformation === undefined)
      return saysNothingOfKeys(opened.fault.detail ?? '') ? opened : err(refusedAccess(opened.fault.detail))
  }
  const ready = selected ? ok(true) : await applicationSelected(channel)
  if (!ready.ok) return ready
  if (!ready.value) return err(faultOf('card.unsupported', 'no eMRTD application'))
  if (secret.mrzInformation !== undefined) {
    const opened = await openBac(channel, secret.mrzInformation, { challenge: randomBytes(8), key: randomBytes(16) })
    return opened.ok ? ok({ access: 'BAC', channel: opened.value, chunk: readLimit('3DES', answers) }) : opened
  }
  // The oldest documents are open to everybody; the others say so by refusing.
  const plain = await createFileReader(channel, 256).read(files.dataGroup(1))
  if (!plain.ok && plain.fault.code !== 'card.refused') return plain
  return plain.ok && plain.value !== undefined
    ? ok({ access: 'none', channel, chunk: 256 })
    : err(faultOf('card.accessNeeded'))
}
