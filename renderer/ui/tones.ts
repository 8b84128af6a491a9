import type { IconName } from './icons.ts'

/** Colour is never alone: each tone brings an icon, and the caller brings the word. */
export const tones = {
  ok: 'done',
  warn: 'warning',
  danger: 'alert',
  info: 'info',
  neutral: 'minus',
} as const satisfies Record<string, IconName>
export type Tone = keyof typeof tones
