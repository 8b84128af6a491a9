/** Spans of time in milliseconds. A civil day may last 23 or 25 hours: `day` is for spans, never for dates of a zone. */
export const second = 1_000
export const minute = 60 * second
export const hour = 60 * minute
export const day = 24 * hour
