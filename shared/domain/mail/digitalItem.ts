import { z } from 'zod'
import { officeCode, sha256Hex } from '../../ids.ts'
import { line, typedNumber } from '../../text/shapes.ts'
import { confidentialities, correspondent } from './letter.ts'

/** So large a file of an item may be, in bytes: as one that a clerk adds by hand. */
export const digitalFileLimit = 25 * 1024 * 1024

/** A file that came with an item; its bytes are asked for by their hash. */
export const digitalFile = z.strictObject({
  sha256: sha256Hex,
  name: line(255).min(1),
  size: z.int().positive().max(digitalFileLimit),
})
export type DigitalFile = z.infer<typeof digitalFile>

/**
 * What somebody handed in to the national digital mail office (bureau d’ordre digital) for one of our offices, and that
 * waits to be registered there.
 */
export const digitalItem = z.strictObject({
  id: z.uuid(),
  office: officeCode,
  /** The number that it was given there: beside ours, never instead. */
  number: typedNumber(60).min(1),
  /** The day on which it was handed in. */
  on: z.iso.date(),
  sender: correspondent,
  address: line(200).min(1).optional(),
  /** The sender's own. */
  reference: typedNumber(120).min(1).optional(),
  letterDate: z.iso.date().optional(),
  subject: line(500).min(1),
  confidentiality: z.enum(confidentialities).default('none'),
  files: z.array(digitalFile).max(50),
})
export type DigitalItem = z.infer<typeof digitalItem>
