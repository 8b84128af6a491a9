import { z } from 'zod'

/** Most pages of one letter that are read in one call: a page costs a second or two. */
export const mostPagesRead = 200

/** What is to be said of how a letter was read, or of what is not proposed: never silent. */
export const letterNote = z.enum([
  // The date: older than usual, not proposed since it is to come, or in the Hijri calendar alone.
  'dateOld',
  'dateToCome',
  'dateHijri',
  // The text of the file was not believed: Arabic in the order of the eye, letters that are not those drawn.
  'textReversed',
  'textBroken',
  // The picture: below 150 dpi, read with difficulty, in another language, on its side or upside down.
  'lowResolution',
  'hardToRead',
  'otherLanguage',
  'turned',
  'pageTorn',
  'pagesLeft',
  'noText',
  // The e-mail or text: another encoding than it says, one that was not found, more inside it than is listed.
  'encodingGuessed',
  'encodingLost',
  'tooDeep',
  'tooMany',
])
export type LetterNote = z.infer<typeof letterNote>

const proposal = z.strictObject({ value: z.string(), confidence: z.number().min(0).max(1) })
/** Something that was read in a letter, and how sure that is, 0 to 1: below 0.5 somebody has to look. */
export type Proposal = Readonly<z.infer<typeof proposal>>

const proposals = z.strictObject({
  sender: proposal.optional(),
  /** The sender's own. */
  reference: proposal.optional(),
  /** ISO day. */
  date: proposal.optional(),
  subject: proposal.optional(),
})
/** What is proposed to whoever registers a letter; what was not found is absent. */
export type Proposals = Readonly<z.infer<typeof proposals>>

const readPage = z.strictObject({
  /** From 1. */
  page: z.int().positive(),
  text: z.string(),
  from: z.enum(['layer', 'picture']),
  /** How well it was read, 0 to 1; a text layer that is trusted has 1. */
  sure: z.number().min(0).max(1),
  /** By how much its picture was turned clockwise to be read, in degrees. */
  turned: z.number().optional(),
  notes: z.array(letterNote),
})
/** A page as text: its own text layer, or what was read off its picture. */
export type ReadPage = z.infer<typeof readPage>

const mailFile = z.strictObject({
  /** A name that any disk takes; one was made where the message gave none. */
  name: z.string(),
  /** Media type as the message says it, in lower case. */
  type: z.string(),
  /** Shown within the text: a picture of it, or a logo. */
  inline: z.boolean(),
  bytes: z.instanceof(Uint8Array),
  /** How many messages it lay inside of: 0 came with the message itself. */
  depth: z.int().nonnegative(),
})
/** A file that came with an e-mail. */
export type MailFile = Readonly<z.infer<typeof mailFile>>

/** A letter that was read: what is proposed, and its text to be searched. The received bytes stay as they are. */
export const letterReading = z.strictObject({
  proposals,
  notes: z.array(letterNote),
  /** Pages of the file; 0 for an e-mail and a text. */
  count: z.int().nonnegative(),
  pages: z.array(readPage),
  /** The text of an e-mail or of a text file. */
  text: z.string().optional(),
  /** Every file of an e-mail at any depth; a message that was attached is a file, and what it holds too. */
  files: z.array(mailFile).optional(),
})
export type LetterReading = z.infer<typeof letterReading>

/** A letter to be read. */
export const letterToRead = z.strictObject({
  bytes: z.instanceof(Uint8Array),
  /** Its file name, which tells an e-mail from a text. */
  name: z.string().max(1_000),
  /** The day that it came in (ISO 8601): dates are measured by it. */
  received: z.iso.date(),
  /** How many pages are read, from the first. */
  pages: z.int().positive().max(mostPagesRead),
})
export type LetterToRead = z.infer<typeof letterToRead>
