import { sign, verify, X509Certificate, type KeyObject } from 'node:crypto'
import { AUTHORITATIVE_ANSWER, decode, encode, type DecodedPacket } from 'dns-packet'
import { z } from 'zod'
import { canonicalJson } from '#shared/domain/canonical.ts'
import { sha256 } from '../node/entry.ts'
import type { Roster } from '../office/roster.ts'

/** Where a station says that it is, under the signature of its key. */
const announcement = z.strictObject({
  station: z.string().regex(/^station-\d{1,2}$/),
  host: z.ipv4(),
  port: z.int().min(1).max(65_535),
  /** ECDSA with SHA-256, 64 bytes (IEEE P1363) in base64. */
  proof: z.string().regex(/^[A-Za-z0-9+/]{86}==$/),
})
export type Announcement = z.infer<typeof announcement>

/**
 * Bytes. Ours are 400 or so; what is longer is another program's. The reader of DNS follows pointers: a packet of 64 KB
 * that was made for it keeps it busy for a fifth of a second, one of this length for less than a millisecond.
 */
export const longest = 512

/** Seconds (RFC 6762 §10: of what holds a name of a machine). */
const ttl = 120
const service = '_guichet-hall._tcp.local'

/** What an office is called on its network: sixteen hexadecimal digits, from which nobody learns its name. */
export const officeCode = ({ log }: Pick<Roster, 'log'>): string => sha256(`guichet hall ${log}`).slice(0, 16)

/** Its stations are a subtype of the service (RFC 6763 §7.1). */
const subtype = (office: string): string => `_${office}._sub.${service}`

/** Asks the stations of an office that are not at their addresses where they are. */
export const question = (office: string): Buffer =>
  encode({ type: 'query', questions: [{ type: 'PTR', name: subtype(office) }] })

/** What a station says of itself: PTR, SRV, TXT and A, as DNS-SD (RFC 6763) has them. */
export function announce(office: string, at: Omit<Announcement, 'proof'>, key: KeyObject): Buffer {
  const { station, host, port } = at
  const proof = sign('sha256', toProve(office, at), { key, dsaEncoding: 'ieee-p1363' }).toString('base64')
  const target = `${station}-${office}.local`
  const name = `${station}-${office}.${service}`
  return encode({
    type: 'response',
    flags: AUTHORITATIVE_ANSWER,
    answers: [
      { type: 'PTR', name: subtype(office), ttl, data: name },
      { type: 'SRV', name, ttl, flush: true, data: { target, port } },
      { type: 'TXT', name, ttl, flush: true, data: [`office=${office}`, `station=${station}`, `proof=${proof}`] },
      { type: 'A', name: target, ttl, flush: true, data: host },
    ],
  })
}

const toProve = (office: string, { station, host, port }: Omit<Announcement, 'proof'>): Buffer =>
  Buffer.from(canonicalJson({ what: 'guichet hall address 1', office, station, host, port }))

/** What was heard, if it is of this office: the question, or where somebody says that a station is. */
export function read(bytes: Uint8Array, office: string): 'question' | Announcement | undefined {
  const buffer = Buffer.from(bytes)
  if (buffer.length > longest || !buffer.includes(office)) return undefined
  try {
    const packet = decode(buffer)
    if (packet.type === 'response') return announcementIn(packet, office)
    return packet.questions?.some(({ type, name }) => type === 'PTR' && name === subtype(office))
      ? 'question'
      : undefined
  } catch {
    // No DNS, whatever it is.
    return undefined
  }
}

function announcementIn({ answers = [] }: DecodedPacket, office: string): Announcement | undefined {
  for (const text of answers) {
    if (text.type !== 'TXT') continue
    const said = new Map([text.data].flat().map((pair) => splitPair(pair.toString())))
    if (said.get('office') !== office) continue
    for (const place of answers) {
      if (place.type !== 'SRV' || place.name !== text.name) continue
      const { target, port } = place.data
      for (const address of answers) {
        if (address.type !== 'A' || address.name !== target) continue
        const [station, proof] = [said.get('station'), said.get('proof')]
        return announcement.safeParse({ station, host: address.data, port, proof }).data
      }
    }
  }
  return undefined
}

/** `key=value`; a key alone has no value. */
const splitPair = (pair: string): [string, string] => {
  const end = pair.indexOf('=')
  return end < 0 ? [pair, ''] : [pair.slice(0, end), pair.slice(end + 1)]
}

/** Whether the station itself said so: by the certificate (DER in base64) that the roster has of it. */
export function isProved(office: string, { proof, ...at }: Announcement, certificate: string): boolean {
  const key = new X509Certificate(Buffer.from(certificate, 'base64')).publicKey
  return verify('sha256', toProve(office, at), { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(proof, 'base64'))
}
