import type { Inside } from '../../core/feature.ts'
import { useAgentCardEntries } from './useAgentCardEntries.ts'

export const inside: Inside = { palette: useAgentCardEntries }
