import type { Fault } from '#shared/fault.ts'
import type { Calls } from '#shared/contract/calls.ts'
import type { AppState } from '#shared/contract/features/app/calls.ts'
import type { OfficeFile } from '#shared/contract/officeFile.ts'
import type { TrainingCard } from '#shared/contract/cardEvents.ts'
import type { Network, Versions } from '#shared/contract/hosts.ts'
import type { CardSource } from '#shared/ports/cardSource.ts'
import type { CountrySigners } from '#shared/ports/countrySigners.ts'
import type { InstalledPlugin } from '#shared/ports/nationalCard.ts'
import type { Clock } from '#shared/ports/clock.ts'
import type { HallPort } from '#shared/ports/hall.ts'
import type { Press } from '#shared/ports/press.ts'
import type { HidSource, ScanReader } from '#shared/ports/hidSource.ts'
import type { Printer } from '#shared/ports/printer.ts'
import type { Scanner } from '#shared/ports/scanner.ts'
import type { TicketPrinter } from '#shared/ports/ticketPrinter.ts'
import type { Result } from '#shared/result.ts'
import type { MaintenanceTiming } from '../upkeep/maintenance.ts'
import type { Answers } from './caller.ts'
import type { Session, Sessions } from './sessions.ts'

/** Everything that touches hardware, in this process (command line) or behind a wire (the devices host). */
export interface Devices {
  readonly cards: CardSource
  /** Whose documents are believed. */
  readonly signers: CountrySigners
  /** The programs that read national cards; absent where the devices are those of one command. Fault: devices.down. */
  readonly plugins?: () => Promise<Result<readonly InstalledPlugin[]>>
  readonly printer: Printer
  /** Of the hall; absent where no ticket is ever printed (command line). */
  readonly tickets?: TicketPrinter
  readonly scanner: Scanner
  readonly scans: Pick<HidSource, 'watch'> & { list(): Promise<Result<readonly ScanReader[]>> }
  /** The simulated reader of the training mode; absent elsewhere. */
  readonly training?: {
    insertCard(card: TrainingCard): Promise<Result<unknown>>
    /** Out of the reader of citizens, or of agents. */
    removeCard(of?: 'agent'): Promise<Result<unknown>>
  }
}

/** What `composeWorker` joins. */
export interface WorkerOptions {
  /** An existing folder that belongs to this counter alone. */
  readonly dataDir: string
  readonly resourcesDir: string
  /** The raw 32-byte key of the register, unwrapped (`keys/openKey`). */
  readonly key: Uint8Array
  readonly devices: Devices
  /** Makes the papers, in this process (command line) or in its own. */
  readonly press: Press
  /** The station of this counter; absent where it is in no hall. */
  readonly hall?: HallPort
  /** The system's keystore by its own name, where it wraps the key. */
  readonly keystoreName?: string
  /** Where the platform is, unless the register says it. Absent both: the counter works alone and the acts wait. */
  readonly platformUrl?: string
  /** How the platform is reached; absent: straight, by the authorities of the system. */
  readonly network?: Network
  /** What the machine's administrator set, by name (`tellSettings`). */
  readonly settings?: Readonly<Record<string, string | number | boolean>>
  /** Copies of the register go there too. */
  readonly backupDir?: string
  /** Begins a register where there is none: read and believed (`readOfficeFile`). */
  readonly officeFile?: OfficeFile
  readonly clock: Clock
  /**
   * A demonstration: a new register begins with the demonstration office, whose accounts the login screen shows, and the
   * first platform that it meets is believed.
   */
  readonly demo: boolean
  readonly training: boolean
  readonly versions: Versions
  /** A better-sqlite3 addon built for this runtime; absent where the prebuilt one serves. */
  readonly sqliteBinding?: string
  /**
   * Asks the person at the screen where a file shall be; nothing when they leave it. Absent where there is no screen.
   */
  readonly chooseFile?: (name: string) => Promise<string | undefined>
  /** When the register is copied and its files are looked over; absent: the usual times. */
  readonly maintenance?: MaintenanceTiming
  /** One entry of the log: names of tasks, codes and places, nothing of a person. Absent: nowhere. */
  readonly log?: (line: string) => void
  /** The windows of this program, and who is signed in at each. */
  readonly sessions: Sessions
}

/** The register at work. */
export interface Worker {
  /** The answers to every call of the contract; `dispatch.ts` checks the access before it asks. */
  readonly answers: Answers<Calls>
  /** A call was answered: what follows an act is begun once the answer is on its way. */
  readonly afterwards: () => void
  /** Ends the session of a window whose account is not any more what it was when it was opened. */
  readonly standing: (session: Session) => Fault | undefined
  readonly state: () => AppState
  /** Nobody is at any window: the machine sleeps or slept, or its screen is locked. Every session is locked. */
  readonly away: () => void
  /** A window is gone: who was signed in at it leaves, in the journal too. */
  readonly leave: (session: Session) => void
  /** Lets running work end, then closes the register; safe to call twice. */
  readonly close: () => Promise<void>
}
