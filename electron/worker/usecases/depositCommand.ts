import { createHash } from 'node:crypto'
import { actTypes, type Command } from '#shared/contract/platform.ts'
import { canonicalJson, type Json } from '#shared/domain/canonical.ts'
import type { CommandId, CounterId, Sha256 } from '#shared/ids.ts'
import type { Moment } from '../journal/timekeeper.ts'
import { genesis } from '../journal/link.ts'

/**
 * The envelope of a deposit on its way to the platform (CloudEvents 1.0, sync.md §2.2): next in this counter's sequence,
 * chained to the act before it by `prevhash`.
 * @param last the newest act already queued, if any
 */
export function depositCommand(act: {
  readonly id: CommandId
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
    type: actTypes.requestDeposited,
    time: act.moment.at,
    datacontenttype: 'application/json',
    dataschema: 'urn:guichet:schema:request.deposited:1',
    counterid: act.counter,
    seq: (act.last?.seq ?? 0) + 1,
    hlc: act.moment.hlc,
    // Digests have the form of their brand by construction.
    prevhash: (act.last?.sha256 ?? genesis) as Sha256,
    sha256: sha256 as Sha256,
    data,
  }
}
