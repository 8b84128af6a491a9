import { createHash } from 'node:crypto'
import type { ActType } from '#shared/contract/acts.ts'
import type { Command } from '#shared/contract/platform.ts'
import { canonicalJson, type Json } from '#shared/domain/canonical.ts'
import type { CommandId, CounterId, Sha256 } from '#shared/ids.ts'
import type { Moment } from '../journal/timekeeper.ts'
import { genesis } from '../journal/link.ts'

/**
 * The envelope of an act on its way to the platform (CloudEvents 1.0, sync.md §2.2): next in this counter's sequence,
 * chained to the act before it by `prevhash`.
 * @param last the newest act already queued, if any
 */
export function actCommand(act: {
  readonly id: CommandId
  readonly type: ActType
  readonly counter: CounterId
  readonly moment: Moment
  readonly last: { readonly seq: number; readonly sha256: string } | undefined
  readonly data: Readonly<Record<string, Json | undefined>>
}): Command {
  // Through JSON once, so that members that are absent are absent in the hash, in the file and on the wire alike.
  const data = JSON.parse(canonicalJson(act.data)) as Command['data']
  const sha256 = createHash('sha256').update(canonicalJson(act.data)).digest('hex')
  return {
    specversion: '1.0',
    id: act.id,
    source: `urn:guichet:counter:${act.counter}`,
    type: act.type,
    time: act.moment.at,
    datacontenttype: 'application/json',
    dataschema: schemaOf(act.type),
    counterid: act.counter,
    seq: (act.last?.seq ?? 0) + 1,
    hlc: act.moment.hlc,
    // Digests have the form of their brand by construction.
    prevhash: (act.last?.sha256 ?? genesis) as Sha256,
    sha256: sha256 as Sha256,
    data,
  }
}

/** `ma.guichet.request.deposited.v1` → `urn:guichet:schema:request.deposited:1`. */
const schemaOf = (type: ActType): string => type.replace(/^ma\.guichet\.(.+)\.v(\d+)$/, 'urn:guichet:schema:$1:$2')
