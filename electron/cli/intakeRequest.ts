import { z } from 'zod'
import { typedReason } from '#shared/domain/identity/identity.ts'
import { typedIdentity } from '#shared/domain/identity/typedIdentity.ts'
import { pieceState } from '#shared/domain/request/request.ts'
import { typedDraft } from '#shared/domain/request/typedDraft.ts'
import { prose } from '#shared/text/shapes.ts'
import { commandId } from '#shared/ids.ts'

/** What `guichet intake` takes on standard input. */
export const intakeRequest = z.strictObject({
  /** The same id twice gives the same receipt; made when absent. */
  commandId: commandId.exactOptional(),
  identity: z.union([
    z.strictObject({ source: z.literal('card'), reader: z.string().exactOptional() }),
    typedIdentity.extend({ source: z.literal('typed'), reason: typedReason, note: prose(500).exactOptional() }),
  ]),
  /** The code of a sheet. */
  procedure: z.string(),
  /** The newest version when absent. */
  procedureVersion: z.string().exactOptional(),
  /** A piece of the sheet that is not named is missing. `files` are paths of scans to attach. */
  pieces: z.array(z.strictObject({ code: z.string(), state: pieceState, files: z.array(z.string()).default([]) })),
  ...typedDraft.pick({ capacity: true, represented: true, fee: true, note: true, language: true }).shape,
})
export type IntakeRequest = z.infer<typeof intakeRequest>

/** Works as it is on a fresh data folder. The person does not exist. */
export const intakeExample: z.input<typeof intakeRequest> = {
  identity: {
    source: 'typed',
    reason: 'noCard',
    familyName: 'EL AMRANI',
    givenNames: 'Houda',
    nativeName: 'هدى العمراني',
    birthDate: { value: '1991-04-17', precision: 'day' },
    birthPlace: 'Salé',
    sex: 'F',
    nationality: 'MAR',
    nationalNumber: 'AB910417',
    address: { street: '12, rue des Orangers', postalCode: '10020', municipality: 'Rabat' },
  },
  procedure: 'CERTIFICAT-RESIDENCE',
  pieces: [
    { code: 'demande', state: 'received' },
    { code: 'identite', state: 'received' },
    { code: 'declaration-domicile', state: 'received' },
  ],
  language: 'ar',
}
