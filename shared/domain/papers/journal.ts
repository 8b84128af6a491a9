import { z } from 'zod'
import { journalEntry, journalProofs, journalVerdict } from '../closing/journalView.ts'
import { counterId } from '../../ids.ts'
import { localised } from '../text.ts'

/** What an auditor takes away on paper: the verdict, what it rests on, and a bounded run of entries. */
export const journalReport = z.strictObject({
  counter: counterId,
  /** UTC instant, and the minutes ahead of it that are in force at the office. */
  madeAt: z.iso.datetime(),
  utcOffsetMinutes: z.int(),
  /** The code of who asked for it. */
  madeBy: z.string(),
  verdict: journalVerdict,
  proofs: journalProofs,
  /** Newest first. */
  entries: z.array(journalEntry).readonly(),
  /** More of them were asked for than are printed. */
  cut: z.boolean(),
  /** The letterhead from the State down to the office. */
  authority: z.array(localised).min(1),
  office: localised,
})
export type JournalReport = z.infer<typeof journalReport>
