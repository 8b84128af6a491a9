/** What came of one kind of fault; `failed` says what did not hold, in words. */
export interface Outcome {
  readonly count: number
  readonly came: string
  readonly failed: readonly string[]
  /** Further lines for who reads the figures. */
  readonly more?: readonly string[]
}
