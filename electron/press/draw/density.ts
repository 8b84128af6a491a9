/** How close the receipt is set: a long one shrinks a step before it takes a second page. */
export interface Density {
  readonly text: number
  readonly label: number
  readonly gap: number
  readonly padding: number
}

/** From roomy to tight, in points. */
export const densities: readonly [Density, ...Density[]] = [
  { text: 8.8, label: 7.2, gap: 12, padding: 4.2 },
  { text: 8.4, label: 7, gap: 8, padding: 3.2 },
  { text: 7.8, label: 6.6, gap: 6, padding: 2.2 },
  { text: 7.3, label: 6.3, gap: 4, padding: 1.3 },
  { text: 6.8, label: 6, gap: 3, padding: 0.7 },
]
