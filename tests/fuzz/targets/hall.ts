import { generateKeyPairSync } from 'node:crypto'
import { announce, isProved, officeCode, question, read } from '#electron/hall/net/announcement.ts'
import { frameOf, frameReader } from '#electron/hall/net/frames.ts'
import { sha256 } from '#electron/hall/node/entry.ts'
import { message } from '#electron/hall/node/message.ts'
import { selfSigned } from '#electron/hall/office/certificate.ts'
import { roster } from '#electron/hall/office/roster.ts'
import { hallCommand } from '#shared/domain/hall/command.ts'
import { hallEvent } from '#shared/domain/hall/event.ts'
import { bytesTarget } from '../bytesTarget.ts'
import { schemaTarget } from '../schemaTarget.ts'

/** What stations, rosters and logs say: each parser lets through what it knows, and nothing else. */
export const hallMessages = schemaTarget(
  'messages of stations, commands, events and rosters of the hall',
  { message, hallCommand, hallEvent, roster },
  'json',
)

/** What comes over the wire of a station, in whatever pieces. */
export const hallFrames = bytesTarget({
  about: 'frames between stations: texts in their order, or the connection ends',
  samples: () => [
    Buffer.concat([frameOf('{"type":"beat"}'), frameOf('élève')]),
    Buffer.concat([frameOf(''), frameOf('x'.repeat(300))]),
  ],
  read: (bytes) => {
    const texts: string[] = []
    const hear = frameReader((text) => {
      texts.push(text)
      return true
    })
    const half = Math.floor(bytes.length / 2)
    const goes = hear(Buffer.from(bytes.subarray(0, half))) && hear(Buffer.from(bytes.subarray(half)))
    return { texts, goes }
  },
  taken: ({ texts, goes }) => goes && texts.length > 1,
  check: ({ texts }, bytes) => {
    if (texts.join('').length > bytes.length) throw new Error('more text than bytes')
  },
})

const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const certificate = selfSigned('station-2', keys).toString('base64')
const office = officeCode({ log: sha256('an office') })
const at = { station: 'station-2', host: '192.0.2.22', port: 7100 }

/** What anybody may say on the network of an office: what the station did not say itself moves nobody. */
export const hallAnnouncements = bytesTarget({
  about: 'announcements of stations that have another address, and questions for them',
  samples: () => [announce(office, at, keys.privateKey), question(office)],
  read: (bytes) => read(bytes, office),
  taken: (heard) => heard !== undefined,
  check: (heard) => {
    if (typeof heard !== 'object' || !isProved(office, heard, certificate)) return
    const { station, host, port } = heard
    if (station !== at.station || host !== at.host || port !== at.port) throw new Error('a stranger moves a station')
  },
})
