import { z } from 'zod'
import { sha256Hex, type RegisterName, type RegisterNumber, type RequestId, type Sha256 } from '../ids.ts'

/** How an act that was refused is put right: by a new act that names it, never by a change of the old one. */
export const repairKind = z.enum(['corrected', 'cancelled', 'overridden'])
export type RepairKind = z.infer<typeof repairKind>

/**
 * One kind of act, as data: all that the rooms around it have to know of it. The journal, the outbox, retention, repair
 * and search read this and no name of an act; a new one is an entry beside the calls of its feature.
 */
export interface Act<Data extends object = object, Kind extends string = string> {
  /** Its name for the platform, with the version of its shape: it is never given another shape. */
  readonly type: `ma.guichet.${string}.v${number}`
  /** What it must state, whatever else it carries. */
  readonly data: z.ZodType<Data>
  /** What its link of the journal says happened. */
  readonly journal: Kind
  /** The register that gives it its number, when it takes one. */
  readonly takes?: RegisterName
  /** Refused on a day that was closed: it belongs to the figures of its day. */
  readonly openDay: boolean
  /** The request whose file it belongs to, when it is about one. */
  request?(data: Data): RequestId
  /** The register number that people know it by. */
  number?(data: Data): RegisterNumber
  /** The files that travel with it, by their hash. */
  files?(data: Data): readonly Sha256[]
  /** It puts an earlier act right: which way, and acts of which types. */
  readonly repairs?: { readonly kind: RepairKind; readonly of: readonly string[] }
  /**
   * Retention: what of its data stays once the term of the sent copy is over. `all` where it names nobody; the names of
   * the members that are no personal data otherwise.
   */
  readonly keeps: 'all' | readonly string[]
}

/** One entry of the registry; as it is given, so that its journal kind and its data keep their types. */
export const act = <Data extends object, const Kind extends string>(
  entry: Omit<Act<NoInfer<Data>, Kind>, 'data'> & { readonly data: z.ZodType<Data> },
): Act<Data, Kind> => entry

const attached = z.looseObject({ attachments: z.array(z.looseObject({ sha256: sha256Hex })) })
/** The files of an act that names them as `attachments`, each with its `sha256`; none when it has no such member. */
export const attachmentsOf = (data: object): readonly Sha256[] =>
  attached.safeParse(data).data?.attachments.map((file) => file.sha256) ?? []
