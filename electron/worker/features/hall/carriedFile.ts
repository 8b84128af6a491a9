import { z } from 'zod'
import { longestFile } from '#shared/contract/hallCalls.ts'
import { readJson } from '#shared/domain/readJson.ts'
import type { RequestDraft } from '#shared/domain/request/request.ts'
import { typedDraft } from '#shared/domain/request/typedDraft.ts'
import { sha256Hex, type Sha256 } from '#shared/ids.ts'
import type { DraftCitizen } from '../../core/rows/drafts.ts'

/** What was begun for a citizen, as it goes from the register of one counter to that of another. */
const carriedFile = z.strictObject({
  version: z.literal(1),
  draft: typedDraft,
  citizen: z.strictObject({ person: sha256Hex, name: z.string().max(300) }).exactOptional(),
  scans: z.array(z.strictObject({ sha256: sha256Hex, bytes: z.base64() })),
})
export type CarriedFile = z.infer<typeof carriedFile>

/** Room for everything that is no scan: a draft has at most some ten thousand characters. */
const roomForDraft = 256 * 1024

/**
 * A draft as text. Scans go with it in the order of its pieces as long as there is room; what does not fit stays where it
 * is, and the piece goes without it.
 * @param read the bytes of a scan; nothing where they cannot be read
 */
export function packFile(
  draft: RequestDraft,
  citizen: DraftCitizen | undefined,
  read: (sha256: Sha256) => Uint8Array | undefined,
): string {
  let room = longestFile - roomForDraft
  const scans: CarriedFile['scans'] = []
  for (const sha256 of scansOf(draft)) {
    const bytes = Buffer.from(read(sha256) ?? []).toString('base64')
    if (bytes === '' || bytes.length > room) continue
    room -= bytes.length
    scans.push({ sha256, bytes })
  }
  return JSON.stringify({ version: 1, draft, ...(citizen === undefined ? {} : { citizen }), scans })
}

/** The file of a text; nothing for what this version does not read. */
export const unpackFile = (text: string): CarriedFile | undefined => carriedFile.safeParse(readJson(text)).data

/** The scans of a draft, each once. */
export const scansOf = ({ pieces }: RequestDraft): ReadonlySet<Sha256> =>
  new Set(pieces.flatMap(({ attachments }) => attachments))

/** The draft with those scans only that are there. */
export const withScans = (draft: RequestDraft, there: ReadonlySet<Sha256>): RequestDraft => ({
  ...draft,
  pieces: draft.pieces.map((piece) => ({ ...piece, attachments: piece.attachments.filter((one) => there.has(one)) })),
})
