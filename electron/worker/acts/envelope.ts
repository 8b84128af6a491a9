import { createHash } from 'node:crypto'
import { canonicalJson, type Json } from '#shared/domain/canonical.ts'
import type { CommandId, CounterId, Sha256 } from '#shared/ids.ts'
import { genesis } from '../journal/link.ts'
import type { Moment } from '../journal/timekeeper.ts'

/** An act as it goes to the platform: its place, the hash of its data, and its envelope as text. */
export interface Envelope {
  readonly seq: number
  readonly sha256: Sha256
  readonly text: string
}

/**
 * The envelope of an act on its way to the platform (CloudEvents 1.0 with the extensions of `platform.openapi.yaml`):
 * next in this counter's sequence, chained to the act before it by `prevhash`. Its data are brought into canonical form
 * once, for the hash and for the text alike.
 * @param last the newest act already queued, if any
 */
export function envelopeOf(act: {
  readonly id: CommandId
  readonly type: string
  readonly counter: CounterId
  readonly moment: Moment
  readonly last: { readonly seq: number; readonly sha256: string } | undefined
  readonly data: Readonly<Record<string, Json | undefined>>
}): Envelope {
  const data = canonicalJson(act.data)
  // A digest has the form of its brand by construction.
  const sha256 = createHash('sha256').update(data).digest('hex') as Sha256
  const seq = (act.last?.seq ?? 0) + 1
  const head = JSON.stringify({
    specversion: '1.0',
    id: act.id,
    source: `urn:guichet:counter:${act.counter}`,
    type: act.type,
    time: act.moment.at,
    datacontenttype: 'application/json',
    dataschema: schemaOf(act.type),
    counterid: act.counter,
    seq,
    hlc: act.moment.hlc,
    prevhash: act.last?.sha256 ?? genesis,
    sha256,
  })
  return { seq, sha256, text: `${head.slice(0, -1)},"data":${data}}` }
}

/** `ma.guichet.request.deposited.v1` → `urn:guichet:schema:request.deposited:1`. */
const schemaOf = (type: string): string => type.replace(/^ma\.guichet\.(.+)\.v(\d+)$/, 'urn:guichet:schema:$1:$2')
