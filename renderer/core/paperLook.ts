import type { PrintJobView } from '#shared/contract/features/papers/calls.ts'
import type { IconName } from '../ui/icons.ts'
import type { Tone } from '../ui/tones.ts'

/** How the state of a printed receipt looks. */
export const paperTones: Readonly<Record<PrintJobView['state'], { tone: Tone; icon: IconName }>> = {
  queued: { tone: 'neutral', icon: 'wait' },
  sent: { tone: 'info', icon: 'send' },
  printing: { tone: 'info', icon: 'printer' },
  blocked: { tone: 'danger', icon: 'pause' },
  printed: { tone: 'ok', icon: 'printed' },
  failed: { tone: 'danger', icon: 'alert' },
  unknown: { tone: 'warn', icon: 'help' },
}
