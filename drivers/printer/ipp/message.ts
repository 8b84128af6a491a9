/**
 * An IPP message as data (RFC 8010 §3.1). `code` is an operation in a request, a status in an answer.
 * The document, if any, follows the encoded message and is never part of it.
 */
export interface IppMessage {
  readonly version: readonly [major: number, minor: number]
  readonly code: number
  readonly requestId: number
  readonly groups: readonly IppGroup[]
}

export interface IppGroup {
  readonly tag: number
  readonly attributes: readonly IppAttribute[]
}

export interface IppAttribute {
  readonly name: string
  readonly values: readonly [IppValue, ...IppValue[]]
}

/**
 * One value with its syntax tag. `octets` carries every syntax that this program does not interpret, out-of-band ones
 * included, as its raw bytes, so that nothing of an answer is lost.
 */
export type IppValue =
  | { readonly kind: 'integer'; readonly tag: 0x21 | 0x23; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'text'; readonly tag: number; readonly value: string }
  | { readonly kind: 'localised'; readonly tag: 0x35 | 0x36; readonly language: string; readonly value: string }
  | { readonly kind: 'collection'; readonly members: readonly IppAttribute[] }
  | { readonly kind: 'octets'; readonly tag: number; readonly value: Uint8Array }

/** Delimiter tags (RFC 8010 §3.5.1). */
export const groupTag = { operation: 0x01, job: 0x02, end: 0x03, printer: 0x04, unsupported: 0x05 } as const

/** Value tags that are written or read by name (RFC 8010 §3.5.2). */
export const valueTag = {
  integer: 0x21,
  boolean: 0x22,
  enum: 0x23,
  beginCollection: 0x34,
  textWithLanguage: 0x35,
  nameWithLanguage: 0x36,
  endCollection: 0x37,
  text: 0x41,
  name: 0x42,
  keyword: 0x44,
  uri: 0x45,
  charset: 0x47,
  naturalLanguage: 0x48,
  mimeMediaType: 0x49,
  memberName: 0x4a,
} as const

/** Whether a tag is one of the character-string syntaxes (RFC 8010 §3.5.2, 0x40–0x5F) other than a member's name. */
export const isTextTag = (tag: number): boolean => tag >= 0x40 && tag <= 0x5f && tag !== valueTag.memberName

/** Operations (RFC 8011 §5.4.15; the CUPS ones from its own specification of IPP). */
export const operation = {
  printJob: 0x0002,
  getJobAttributes: 0x0009,
  getJobs: 0x000a,
  getPrinterAttributes: 0x000b,
  cupsGetDefault: 0x4001,
  cupsGetPrinters: 0x4002,
} as const

/** Status codes that are told apart (RFC 8011 appendix B); up to 0x00FF is success. */
export const status = {
  lastSuccess: 0x00ff,
  forbidden: 0x0401,
  notAuthorized: 0x0403,
  notPossible: 0x0404,
  notFound: 0x0406,
  attributesNotSupported: 0x040b,
  notAcceptingJobs: 0x0506,
} as const
