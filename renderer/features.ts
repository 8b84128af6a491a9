import type { Feature } from './core/feature.ts'

/**
 * Every feature of the window: each folder of `features` that says what it is in its `feature.ts`, in the order of the
 * rail. Nothing is listed here.
 */
export const features: readonly Feature[] = Object.values(
  import.meta.glob<Feature>('./features/*/feature.ts', { eager: true, import: 'feature' }),
).sort((one, other) => one.order - other.order)
