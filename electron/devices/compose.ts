import { join } from 'node:path'
import { openPcscCards } from '#drivers/card/pcsc/openPcscCards.ts'
import { openCountrySigners } from '#drivers/card/profiles/icao/openCountrySigners.ts'
import { loadPlugins } from '#drivers/card/profiles/nationalPlugin/pluginList.ts'
import { loadTrust, type Trust } from '#drivers/card/trust.ts'
import { openHidScans } from '#drivers/hid/openHidScans.ts'
import { openSerialScans } from '#drivers/hid/openSerialScans.ts'
import { openSimulatedCards, simulatedAgentReader } from '#drivers/fake/simulatedCards.ts'
import { openSimulatedPrinter, simulatedPrinterName } from '#drivers/fake/simulatedPrinter.ts'
import { openTicketPrinter } from '#drivers/printer/escpos/openTicketPrinter.ts'
import { openIppPrinters } from '#drivers/printer/ipp/printers.ts'
import { localCups, parseIppServer } from '#drivers/printer/ipp/server.ts'
import { openSaneScanners } from '#drivers/scanner/sane.ts'
import type { TrainingCard } from '#shared/contract/cardEvents.ts'
import { ticketPrinterAddress } from '#shared/domain/ticketPrinterAddress.ts'
import { faultOf, type Fault } from '#shared/fault.ts'
import type { CardSource } from '#shared/ports/cardSource.ts'
import type { Clock } from '#shared/ports/clock.ts'
import type { CountrySigners } from '#shared/ports/countrySigners.ts'
import type { HidSource } from '#shared/ports/hidSource.ts'
import type { PluginEntry } from '#shared/ports/nationalCard.ts'
import type { Printer } from '#shared/ports/printer.ts'
import type { Scanner } from '#shared/ports/scanner.ts'
import type { TicketPrinter } from '#shared/ports/ticketPrinter.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { mergeCards } from './mergeCards.ts'
import { mergePrinters } from './mergePrinters.ts'

export interface DevicesOptions {
  /** Adds a simulated reader and a simulated printer to the real ones. */
  readonly training: boolean
  readonly resourcesDir: string
  /** Pinned roots of the card profiles; those of the resources when absent. */
  readonly trustDir?: string | undefined
  /** Country signers of passports and permits; those of the resources when absent. */
  readonly cscaDir?: string | undefined
  /** The list of programs for national cards; without it there are none. */
  readonly pluginsFile?: string | undefined
  /** `HOST:PORT` of the ticket printer, as the machine's settings have it; without it there is none. */
  readonly ticketPrinter?: string | undefined
  /** Where the simulated printer leaves its pages; without it there is none. */
  readonly spoolDir?: string | undefined
  readonly env: Readonly<Record<string, string | undefined>>
  readonly clock: Clock
  /** Told of what cannot be opened; the other devices work on. */
  readonly onFault: (device: 'trust' | 'plugins' | 'printer' | 'readers', fault: Fault) => void
  /** What a driver threw where nobody waits for it. */
  readonly onCrash: (device: string, cause: unknown) => void
}

/** Everything of a desk that is hardware. */
export interface OpenDevices {
  readonly cards: CardSource
  /** Whose documents are believed. */
  readonly signers: CountrySigners
  /** The programs that read national cards. */
  readonly plugins: readonly PluginEntry[]
  readonly printer: Printer
  /** Of the hall; absent where this machine prints no tickets. */
  readonly tickets?: TicketPrinter
  readonly scanner: Scanner
  /** Readers of codes and zones. */
  readonly scans: readonly HidSource[]
  /** The simulated reader of the training mode. */
  readonly training?: {
    readonly insertCard: (card: TrainingCard) => Promise<Result<void>>
    readonly removeCard: (of?: 'agent') => Promise<Result<void>>
  }
  close(): Promise<void>
}

/** Opens the devices of this machine: the only place of this process where concrete drivers are named. */
export async function openDevices(options: DevicesOptions): Promise<OpenDevices> {
  const { clock, training } = options
  const plugins = await pluginsOf(options)
  const signers = openCountrySigners({
    folder: options.cscaDir ?? join(options.resourcesDir, 'trust', 'csca'),
    clock,
    onFault: (fault) => {
      options.onFault('trust', fault)
    },
  })
  const real = openPcscCards({
    trust: { ...(await trustOf(options)), countrySigners: signers.trusted },
    clock,
    plugins: () => Promise.resolve(plugins),
    onCrash: (cause) => {
      options.onCrash('cards', cause)
    },
  })
  const specimenFolder = join(options.resourcesDir, 'specimen')
  const simulated = training
    ? {
        citizens: openSimulatedCards({ specimenFolder, clock }),
        agents: openSimulatedCards({ specimenFolder, clock, reader: simulatedAgentReader }),
      }
    : undefined
  const cards = simulated === undefined ? real : mergeCards(mergeCards(real, simulated.citizens), simulated.agents)
  const printers = openPrinters(options)
  const printer =
    training && options.spoolDir !== undefined
      ? mergePrinters(printers, {
          printer: openSimulatedPrinter({ folder: options.spoolDir }),
          name: simulatedPrinterName,
        })
      : printers
  const roll = options.ticketPrinter === undefined ? undefined : ticketPrinterAddress(options.ticketPrinter)
  const scans = [
    openHidScans({
      clock,
      onUnusable: (detail) => {
        options.onFault('readers', faultOf('devices.down', detail))
      },
    }),
    openSerialScans({ clock }),
  ]
  return {
    cards,
    signers: {
      ...signers,
      // A list of hundreds is read before the first card that needs it.
      believe: async (certificates) => {
        const told = await signers.believe(certificates)
        if (certificates.length > 0)
          signers.trusted().catch((cause: unknown) => {
            options.onCrash('trust', cause)
          })
        return told
      },
    },
    plugins,
    printer,
    ...(roll === undefined ? {} : { tickets: openTicketPrinter(roll) }),
    scanner: openSaneScanners(),
    scans,
    ...(simulated && {
      training: {
        insertCard: (card: TrainingCard) => (card === 'agent' ? simulated.agents : simulated.citizens).insert(card),
        removeCard: (of?: 'agent') => {
          ;(of === 'agent' ? simulated.agents : simulated.citizens).remove()
          return Promise.resolve(ok(undefined))
        },
      },
    }),
    close: async () => {
      await Promise.all([cards, ...scans].map((one) => one.close()))
    },
  }
}

/**
 * Without readable roots cards are read all the same, and no chain is trusted: a card is evidence, and shown as such.
 */
async function trustOf({ trustDir, resourcesDir, onFault }: DevicesOptions): Promise<Trust> {
  const trust = await loadTrust(trustDir ?? join(resourcesDir, 'trust', 'belgium'))
  if (!trust.ok) onFault('trust', trust.fault)
  return trust.ok ? trust.value : { roots: [], pins: new Set<string>() }
}

/** A list that cannot be read is told, and cards are read without it. */
async function pluginsOf({ pluginsFile, onFault }: DevicesOptions): Promise<readonly PluginEntry[]> {
  const list = pluginsFile === undefined ? ok([]) : await loadPlugins(pluginsFile)
  if (!list.ok) onFault('plugins', list.fault)
  return list.ok ? list.value : []
}

function openPrinters({ env, onFault }: DevicesOptions): Printer {
  const server = parseIppServer(localCups(env))
  if (server !== undefined) return openIppPrinters({ server })
  const none = err(faultOf('printer.noService', 'CUPS_SERVER is not an address'))
  onFault('printer', none.fault)
  return {
    list: () => Promise.resolve(none),
    submit: () => Promise.resolve(none),
    outcome: () => Promise.resolve(none),
  }
}
