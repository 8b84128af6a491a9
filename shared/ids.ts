import { z } from 'zod'

/** UUIDv7 (RFC 9562): sorts by creation time, made by the client. */
export const requestId = z.uuid().brand<'RequestId'>()
export type RequestId = z.infer<typeof requestId>
/** A paper of any kind; a receipt and a closing are papers under their own id. */
export const paperId = z.uuid().brand<'PaperId'>()
export type PaperId = z.infer<typeof paperId>
export const receiptId = paperId.brand<'ReceiptId'>()
export type ReceiptId = z.infer<typeof receiptId>
/** A closing of a day; the id of the command that made it. */
export const closingId = paperId.brand<'ClosingId'>()
export type ClosingId = z.infer<typeof closingId>
export const printJobId = z.uuid().brand<'PrintJobId'>()
export type PrintJobId = z.infer<typeof printJobId>
/** Names an identity held in the worker's memory while one citizen is served; never stored. */
export const identityId = z.uuid().brand<'IdentityId'>()
export type IdentityId = z.infer<typeof identityId>
export const commandId = z.uuid().brand<'CommandId'>()
export type CommandId = z.infer<typeof commandId>

/** Lower-case hexadecimal SHA-256. */
export const sha256Hex = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand<'Sha256'>()
export type Sha256 = z.infer<typeof sha256Hex>

/** `RAB03`: an office code, upper-case letters then digits. */
export const officeCode = z
  .string()
  .regex(/^[A-Z]{2,6}\d{0,4}$/)
  .brand<'OfficeCode'>()
/** `G2`: a counter inside its office. */
export const counterCode = z
  .string()
  .regex(/^[A-Z]\d{1,3}$/)
  .brand<'CounterCode'>()
/** `RAB03-G2`: one workstation with its own series and its own key. */
export const counterId = z
  .string()
  .regex(/^[A-Z]{2,6}\d{0,4}-[A-Z]\d{1,3}$/)
  .brand<'CounterId'>()
export type CounterId = z.infer<typeof counterId>
/**
 * The numbered registers of a counter, each with the letter that stands before the rank in its numbers. Requests were
 * the first and have none.
 */
export const registerLetters = { requests: '', arrivals: 'A', departures: 'D', internal: 'I', payments: 'P' } as const
export type RegisterName = keyof typeof registerLetters
/**
 * `2026/RAB03-G2/000001`, `2026/RAB03-M1/A-000123`: the official number; gap-free inside (register, counter, year). Six
 * digits or as many as it takes. After a series was closed: `…/000042-S2`. Read by `parseRegisterNumber`.
 */
export const registerNumber = z
  .string()
  .regex(/^[1-9]\d{3}\/[A-Z]{2,6}\d{0,4}-[A-Z]\d{1,3}\/([ADIP]-)?(\d{6}|[1-9]\d{6,11})(-S([2-9]|[1-9]\d{1,2}))?$/)
  .brand<'RegisterNumber'>()
export type RegisterNumber = z.infer<typeof registerNumber>

/** A public key that age files are sealed for (C2SP age v1, X25519). */
export const ageRecipient = z.string().regex(/^age1[02-9ac-hj-np-z]{58}$/)
