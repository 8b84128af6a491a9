import { cinOf } from '#shared/domain/identity/cin.ts'
import { parseMrz } from '#shared/domain/mrz/mrz.ts'
import { specimenZones } from '#shared/domain/specimen.ts'
import { mutateText, nastyTexts } from '../mutate.ts'
import { must, type Target } from '../target.ts'

const now = new Date('2026-11-21T10:00:00Z')
const lawful = [
  ...Object.values(specimenZones),
  'I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<',
  'I<UTOD23145890<7349<<<<<<<<<<<3407127M9507122UTO<<<<<<<<<<<2STEVENSON<<PETER<JOHN<<<<<<<<<',
  'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10',
  'IDFRADURAND<<<<<<<<<<<<<<<<<<<06C017\n0611C17001238ALINE<<MARIE<<6512068F5',
  'V<UTOELALAMI<<SALMA<NOUR<<<<<<<<<<<<<<<<<<<<\nL8988901C4MAR9002144F27060966ZE184226B<<<<<<',
]

/** Machine-readable zones: what is read is written in the alphabet of zones, and reads the same a second time. */
export const zones: Target = {
  about: 'machine-readable zones: repaired once and for all, in the alphabet of Doc 9303',
  open: () => ({
    one: (draw) => {
      let text = draw.chance(0.1) ? draw.pick(nastyTexts) : draw.pick(lawful)
      for (let left = draw.below(4); left > 0; left -= 1) {
        const at = draw.below(text.length + 1)
        // A mistaken letter is what readers do most: it keeps the shape of the zone.
        text = draw.chance(0.6)
          ? text.slice(0, at) +
            draw.pick(['0', 'O', '1', 'I', '8', 'B', '<', '5', 'S', 'Z', '2', 'K']) +
            text.slice(at + 1)
          : mutateText(draw, text)
      }
      const zone = parseMrz(text, now)
      if (zone === undefined) return false
      must(
        zone.lines.every((line) => /^[A-Z0-9<]+$/.test(line)),
        'a sign that no zone has',
      )
      const again = parseMrz(zone.lines.join('\n'), now)
      must(
        again !== undefined && again.information === zone.information && again.composite === zone.composite,
        'a zone that reads otherwise a second time',
      )
      must(
        zone.format === 'FRA-ID'
          ? zone.information === ''
          : zone.information.length >= 24 && zone.information.length <= 44,
        'an access key of another length',
      )
      for (const field of [zone.documentNumber, zone.familyName, zone.givenNames])
        must(field.value.length <= 44, 'a field longer than its line')
      cinOf(zone)
      return true
    },
  }),
}
