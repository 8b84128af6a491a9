import { z } from 'zod'
import {
  personalDataErased,
  personalDataExported,
  personalDataRequested,
} from '#shared/contract/features/personalData/acts.ts'
import { requestComplemented } from '#shared/contract/features/complement/acts.ts'
import {
  letterCancelled,
  letterRegistered,
  letterRouted,
  lettersHandedOver,
  letterScanAdded,
  letterTakenBack,
  mailClosed,
  serviceReminded,
  slipReceived,
} from '#shared/contract/features/mail/acts.ts'
import {
  archiveDecided,
  archiveListed,
  letterClassified,
  letterHeld,
  letterReleased,
  lettersDestroyed,
} from '#shared/contract/features/mail/archive/acts.ts'
import { requestCancelled, requestCorrected, requestOverridden } from '#shared/contract/features/corrections/acts.ts'
import { requestDeposited } from '#shared/contract/features/intake/acts.ts'
import {
  account,
  batchAnswer,
  change,
  changesAnswer,
  command,
  commandBatch,
  commandRecord,
  commandResult,
  codeAnswer,
  codeRequest,
  counterState,
  deviceDecision,
  deviceRecord,
  devicesAnswer,
  enrolment,
  enrolmentAnswer,
  fileAnswer,
  filePartAnswer,
  gapAnswer,
  healthAnswer,
  keysAnswer,
  leastVersion,
  lookupAnswer,
  problem,
  timeAnswer,
  tokenAnswer,
} from '#shared/contract/platform.ts'
import { appointment } from '#shared/domain/hall/appointment.ts'
import { calendar } from '#shared/domain/clock/calendar.ts'
import { digitalItem } from '#shared/domain/mail/digitalItem.ts'
import { mailDisposition } from '#shared/domain/mail/mailDisposition.ts'
import { dayClosed, dayReopened, seriesClosed } from '#shared/contract/closing.ts'
import {
  consistencyAnswer,
  headAnswer,
  headClaim,
  headConflict,
  headsAnswer,
  headStatement,
  inclusionAnswer,
  keyStatement,
  platformKeysAnswer,
} from '#shared/contract/heads.ts'
import { officeFile } from '#shared/contract/officeFile.ts'
import { answersFile } from '#shared/contract/transfer.ts'
import { closingFacts } from '#shared/domain/closing/closing.ts'
import { piece, procedure } from '#shared/domain/request/procedure.ts'
import { localised } from '#shared/domain/text.ts'

const named = {
  ClosingFacts: closingFacts,
  ConsistencyAnswer: consistencyAnswer,
  DayClosed: dayClosed,
  DayReopened: dayReopened,
  HeadAnswer: headAnswer,
  HeadClaim: headClaim,
  HeadConflict: headConflict,
  HeadsAnswer: headsAnswer,
  HeadStatement: headStatement,
  InclusionAnswer: inclusionAnswer,
  KeyStatement: keyStatement,
  OfficeFile: officeFile,
  ArchiveDecided: archiveDecided,
  ArchiveListed: archiveListed,
  AnswersFile: answersFile,
  PlatformKeys: platformKeysAnswer,
  SeriesClosed: seriesClosed,
  Account: account,
  Appointment: appointment,
  BatchAnswer: batchAnswer,
  Calendar: calendar,
  Change: change,
  ChangesAnswer: changesAnswer,
  Command: command,
  CommandBatch: commandBatch,
  CommandRecord: commandRecord,
  CommandResult: commandResult,
  CodeAnswer: codeAnswer,
  CodeRequest: codeRequest,
  CounterState: counterState,
  DeviceDecision: deviceDecision,
  DigitalItem: digitalItem,
  DeviceRecord: deviceRecord,
  DevicesAnswer: devicesAnswer,
  Enrolment: enrolment,
  EnrolmentAnswer: enrolmentAnswer,
  FileAnswer: fileAnswer,
  FilePartAnswer: filePartAnswer,
  GapAnswer: gapAnswer,
  Health: healthAnswer,
  Keys: keysAnswer,
  LeastVersion: leastVersion,
  Localised: localised,
  LetterCancelled: letterCancelled,
  LetterClassified: letterClassified,
  LetterHeld: letterHeld,
  LetterReleased: letterReleased,
  LetterRegistered: letterRegistered,
  LetterRouted: letterRouted,
  LettersDestroyed: lettersDestroyed,
  LettersHandedOver: lettersHandedOver,
  LetterScanAdded: letterScanAdded,
  LetterTakenBack: letterTakenBack,
  LookupAnswer: lookupAnswer,
  MailClosed: mailClosed,
  MailDisposition: mailDisposition,
  PersonalDataErased: personalDataErased,
  PersonalDataExported: personalDataExported,
  PersonalDataRequested: personalDataRequested,
  Piece: piece,
  Problem: problem,
  Procedure: procedure,
  RequestCancelled: requestCancelled,
  RequestComplemented: requestComplemented,
  RequestCorrected: requestCorrected,
  RequestDeposited: requestDeposited,
  RequestOverridden: requestOverridden,
  ServiceReminded: serviceReminded,
  SlipReceived: slipReceived,
  Time: timeAnswer,
  TokenAnswer: tokenAnswer,
} satisfies Record<string, z.ZodType>

const prefix = '#/components/schemas/'

/**
 * The schemas of the platform's contract as OpenAPI 3.1 components (JSON Schema 2020-12), from the parsers that we use
 * ourselves.
 */
export function contractSchemas(): Record<string, unknown> {
  const registry = z.registry<{ id: string }>()
  for (const [id, schema] of Object.entries(named)) registry.add(schema, { id })
  const { schemas } = z.toJSONSchema(registry, { uri: (id) => prefix + id, io: 'input' })
  return Object.fromEntries(Object.keys(named).map((id) => [id, plain(schemas[id])]))
}

/**
 * For people: a known format needs no pattern, "any JSON value" no recursive definition, and names are strings anyway.
 */
function plain(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(plain)
  if (typeof schema !== 'object' || schema === null) return schema
  const members = Object.entries(schema)
  if (members.some(([name, value]) => name === '$ref' && typeof value === 'string' && value.includes('__shared')))
    return {}
  const format = members.find(([name]) => name === 'format')?.[1]
  const known = format === 'date-time' || format === 'date' || format === 'uuid'
  return Object.fromEntries(
    members
      .filter(([name]) => name !== '$schema' && name !== '$id' && name !== 'propertyNames')
      .filter(
        ([name, value]) =>
          !(name === 'pattern' && known) &&
          !(name === 'format' && !known) &&
          !(name === 'maximum' && value === Number.MAX_SAFE_INTEGER),
      )
      .map(([name, value]) => [name, plain(value)]),
  )
}
