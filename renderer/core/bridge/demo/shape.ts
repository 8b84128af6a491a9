import type { z } from 'zod'
import type { EventName, Events } from '#shared/contract/events.ts'
import type { AppState } from '#shared/contract/features/app/calls.ts'
import type { DayView } from '#shared/contract/features/home/calls.ts'
import type { CardView, IdentityView } from '#shared/contract/features/intake/calls.ts'
import type { PrintJobView } from '#shared/contract/features/papers/calls.ts'
import type { AccountView } from '#shared/contract/features/accounts/calls.ts'
import type { AgentCardView, SessionView } from '#shared/contract/features/session/calls.ts'
import type { OutboxItemView, SyncView } from '#shared/contract/features/sync/calls.ts'
import type { DeviceView } from '#shared/contract/features/devices/calls.ts'
import type { Identity } from '#shared/domain/identity/identity.ts'
import type { HeldSigner } from '#shared/domain/identity/countrySigner.ts'
import type { RequestDraft } from '#shared/domain/request/request.ts'
import type { ScanReader } from '#shared/ports/hidSource.ts'
import type { Medium, PrinterInfo } from '#shared/ports/printer.ts'

/** The whole synthetic register of one scenario; calls change it, events tell it. */
export interface DemoState {
  app: AppState
  session: SessionView | undefined
  card: CardView
  agentCard: AgentCardView
  accounts: AccountView[]
  signers: HeldSigner[]
  citizen: IdentityView | undefined
  drafts: Map<
    string,
    {
      readonly draft: RequestDraft
      readonly revision: number
      readonly savedAt: string
      /** For whom it was begun. */
      readonly citizen?: Identity
    }
  >
  day: DayView
  jobs: PrintJobView[]
  printers: PrinterInfo[]
  chosen: Partial<Record<Medium, string>>
  device: DeviceView
  codeReaders: ScanReader[]
  outbox: OutboxItemView[]
  sync: SyncView
  next: number
  /** How the mail office stands. */
  mail: 'morning' | 'digital' | 'empty' | 'broken'
  /** How the hall stands, and whether the printer of its kiosk has paper. */
  hall: 'morning' | 'calm' | 'notOpen' | 'closed' | 'none' | 'starting' | 'island' | 'noMajority' | 'alarm' | 'left'
  ticketPaper: 'ready' | 'out' | 'none'
  /** What becomes of the papers that are printed. */
  paper: 'printed' | 'blocked' | 'failed' | 'unknown'
  /** Tries that the citizen's PIN has left (it is 1234), and whether the reader has keys of its own. */
  pinTries: number
  pinpad: boolean
}

/** Tells the window that something changed. */
export type Emit = <E extends EventName>(event: E, payload: z.output<Events[E]>) => void
