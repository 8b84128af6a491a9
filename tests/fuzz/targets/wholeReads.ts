import { readCard } from '#drivers/card/readCard.ts'
import { parseCertificate } from '#drivers/card/profiles/icao/certificate.ts'
import { createDocument } from '#drivers/fake/icao/document.ts'
import { moroccan, specimenCan } from '#drivers/fake/icao/holders.ts'
import { createIssuer } from '#drivers/fake/icao/issuer.ts'
import { cardReading } from '#shared/contract/cardEvents.ts'
import { faultOf, faults } from '#shared/fault.ts'
import type { CardChannel } from '#shared/ports/cardChannel.ts'
import { err, ok } from '#shared/result.ts'
import { mutateBytes } from '../mutate.ts'
import { must, type Target } from '../target.ts'

const now = new Date('2026-11-21T10:00:00Z')
const photo = Buffer.from(
  'ffd8ffe000104a46494600010100000100010000ffc0000b080008000801011100ffda0008010100003f00d2cf20ffd9',
  'hex',
)
/** More than any reading of these documents takes, even one that begins again with short answers. */
const mostCommands = 400

/** A document is read whole while one answer, or some, come otherwise than the chip gave them. */
export const wholeReads: Target = {
  about: 'whole readings with changed answers: a lawful reading or a known fault, in a bounded number of commands',
  // Each reading opens the chip anew: some milliseconds of elliptic curves.
  cases: 2_000,
  open: async () => {
    const issuer = await createIssuer(now)
    const signers = [parseCertificate(issuer.countrySigner)].filter((one) => one !== undefined)
    return {
      async one(draw) {
        const closed = draw.chance(0.5)
        const chip = createDocument({
          holder: moroccan(now),
          photo,
          sign: issuer.signGroups,
          signInfos: issuer.signInfos,
          can: specimenCan,
          ...(draw.chance(0.5) && { extended: { limit: 2048, refused: draw.chance(0.3) } }),
          ...(closed && {
            pace: { cipher: 'AES-128', parameterId: 12, mapping: draw.pick(['ECDH-GM', 'ECDH-CAM', 'ECDH-IM']) },
          }),
          chipKey: { parameterId: 12, cipher: 'AES-128', secret: 4711n },
        })
        const [changedAt, often] = [draw.below(closed ? 30 : 40), draw.chance(0.2)]
        let commands = 0
        const channel: CardChannel = {
          reader: 'r',
          atr: draw.chance(0.1) ? mutateBytes(draw, chip.atr) : chip.atr,
          transmit: (command) => {
            const at = commands
            must((commands += 1) <= mostCommands, 'a reading without an end')
            const answer = Uint8Array.from(chip.answer(command))
            if (at !== changedAt && !(often && draw.chance(0.2))) return Promise.resolve(ok(answer))
            return Promise.resolve(
              draw.chance(0.1)
                ? err(faultOf(draw.pick(['card.removed', 'card.mute', 'card.timeout'])))
                : ok(mutateBytes(draw, answer)),
            )
          },
        }
        const read = await readCard(channel, {
          trust: { roots: [], pins: new Set(), countrySigners: () => Promise.resolve(signers) },
          simulated: true,
          clock: { now: () => now, monotonic: () => 0 },
          access: closed
            ? { can: specimenCan }
            : { mrz: 'I<MARSP00000425<<<<<<<<<<<<<<<8809173F3311156MARZZ012345<<<3SPECIMEN<BENNANI<<YASMINE<<<<<' },
        })
        if (!read.ok) {
          must(Object.hasOwn(faults, read.fault.code), 'a fault that nobody knows')
          return false
        }
        must(cardReading.safeParse(read.value).success, 'a reading that the worker would not take')
        // Nothing that was changed on the way is called valid: secure messaging noticed it, or a fingerprint did.
        const { checks, identity } = read.value
        must(
          checks.identity !== 'valid' || identity.familyName === 'SPECIMEN BENNANI',
          'somebody else under a valid signature',
        )
        return true
      },
    }
  },
}
