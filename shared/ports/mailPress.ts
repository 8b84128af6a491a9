import { z } from 'zod'
import { modelTexts } from '../domain/mail/modelFields.ts'
import type { Separator } from '../domain/mail/separator.ts'
import type { SplitStack } from '../domain/mail/stackRules.ts'
import { registerNumber, type Sha256 } from '../ids.ts'
import type { Result } from '../result.ts'

/** The corners of a page as its reader sees it. */
export const stampCorner = z.enum(['topRight', 'topLeft', 'bottomRight', 'bottomLeft'])
export type StampCorner = z.infer<typeof stampCorner>

/** The name of an office as it stands on what the mail office prints. */
export const printedOffice = z.strictObject({ fr: z.string().min(1), ar: z.string().min(1) })

/** What the stamp of the mail office says, and where it shall stand. */
export const stampFacts = z.strictObject({
  /** Its register says whether the letter arrived or leaves. */
  number: registerNumber,
  /** UTC instant. */
  at: z.iso.datetime(),
  /** Legal time in force then, in minutes ahead of UTC. */
  utcOffsetMinutes: z.int().min(-840).max(840),
  office: printedOffice,
  /** From 1. */
  page: z.int().positive().default(1),
  /** Absent: where there is no ink. */
  corner: stampCorner.exactOptional(),
})
export type StampFacts = z.infer<typeof stampFacts>

export interface Stamped {
  readonly pdf: Uint8Array
  readonly page: number
  readonly corner: StampCorner
  /** The bytes that were received stand at the beginning of the result, untouched. */
  readonly incremental: boolean
  /** Of what was received. */
  readonly originalSha256: Sha256
}

/** Labels of one sheet or more, in their order. */
export const labelSheet = z.strictObject({
  labels: z
    .array(z.string().regex(/^[0-9A-Z $%*+\-./:]{1,40}$/))
    .min(1)
    .max(2_400),
  office: printedOffice,
})
export type LabelSheet = z.infer<typeof labelSheet>

/** A page to be looked at on a screen. */
export const pagePicture = z.strictObject({
  /** One byte a pixel, row by row; 0 is black. */
  grey: z.instanceof(Uint8Array),
  width: z.int().positive(),
  height: z.int().positive(),
  /** Of the whole file. */
  pages: z.int().positive(),
})
export type PagePicture = Readonly<z.infer<typeof pagePicture>>

/** A table of a register that was kept elsewhere: rows of cells as text, headings included. */
export const readTable = z.strictObject({
  rows: z.array(z.array(z.string())),
  /** `xlsx`, or of the bytes it was read from. */
  encoding: z.string(),
})
export type ReadTable = Readonly<z.infer<typeof readTable>>

/** A model letter that is to be filled. */
export const modelOrder = z.strictObject({
  model: z.instanceof(Uint8Array),
  texts: modelTexts,
  /** What the letter is known by when it comes back signed; absent: the place of its code stays empty. */
  code: z
    .string()
    .regex(/^[0-9A-Z $%*+\-./:]{1,480}$/)
    .exactOptional(),
})
export type ModelOrder = Readonly<z.infer<typeof modelOrder>>

/** Which code page a CSV is in that is not UTF-8: French, or Arabic. */
export const codePage = z.enum(['windows-1252', 'windows-1256'])
export type CodePage = z.infer<typeof codePage>

/** What the press does for the mail office. */
export interface MailPress {
  /** A PDF of A4, two pages for each separator. Faults: receipt.glyphMissing, paper.misfit, internal, press.down. */
  separators(sheets: readonly Separator[]): Promise<Result<Uint8Array>>
  /** A PDF of A4, 24 labels to a sheet. Faults: as of `separators`. */
  labels(sheet: LabelSheet): Promise<Result<Uint8Array>>
  /**
   * Splits a scanned PDF, PNG or JPEG at its separators; takes about a third of a second a page. Faults: scan.locked,
   * scan.torn, scan.tooLarge, call.cancelled, press.down.
   * @param office whose labels are ours, by its code; absent: nobody's
   */
  split(stack: Uint8Array, office?: string, signal?: AbortSignal): Promise<Result<SplitStack>>
  /**
   * Some pages of a stack as a PDF of their own, in their order; a picture of one page is handed back as it is. Faults:
   * scan.locked, scan.torn, press.down.
   * @param pages from 1
   */
  cut(stack: Uint8Array, pages: readonly number[]): Promise<Result<Uint8Array>>
  /** The pages of a scanner as one PDF, each in its own size. Faults: scan.torn (one is no picture of a page), press.down. */
  bind(pages: readonly Uint8Array[]): Promise<Result<Uint8Array>>
  /**
   * One page of a scanned or received file as a grey picture at 120 dpi. Faults: scan.locked, scan.torn, scan.tooLarge,
   * scan.pageTorn, press.down.
   * @param page from 1
   */
  picture(file: Uint8Array, page: number): Promise<Result<PagePicture>>
  /**
   * A PDF with the stamp of the mail office over one of its pages. Faults: scan.locked, scan.torn, scan.tooLarge,
   * stamp.noPage, stamp.noRoom, stamp.failed, receipt.glyphMissing, paper.misfit, press.down.
   */
  stamp(pdf: Uint8Array, facts: StampFacts): Promise<Result<Stamped>>
  /**
   * A model letter (DOCX, or a form as PDF) with what a letter says in its fields. Faults: model.unreadable,
   * model.unknownField (`field`); of a form model.noRoom (`field`), receipt.glyphMissing; press.down.
   */
  fillModel(order: ModelOrder): Promise<Result<Uint8Array>>
  /**
   * The rows of a CSV (comma, semicolon or tabulator) or of the first sheet of an XLSX. Faults: table.unreadable,
   * press.down.
   */
  table(file: Uint8Array, page?: CodePage): Promise<Result<ReadTable>>
}
