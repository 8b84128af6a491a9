import type { Language } from './text.ts'

/** What the window of a start that failed says, in the words of its language; main hands it over in the address. */
export interface StartFailure {
  readonly language: Language
  readonly title: string
  /** Why, one line each. */
  readonly reasons: readonly string[]
  readonly safe: string
  readonly next: string
  /** On the buttons. */
  readonly again: string
  readonly leave: string
  readonly version: string
}

/** Where the buttons of that page lead; main hears of it and goes nowhere. */
export const startChoices = { again: 'start-again', leave: 'start-leave' } as const
