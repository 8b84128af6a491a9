import { z } from 'zod'
import { cardSignature, pinBytes, signKey, signScheme, signState } from '../domain/identity/cardSignature.ts'
import { countrySigner } from '../domain/identity/countrySigner.ts'
import { sha256Hex } from '../ids.ts'
import { examinedFile } from '../ports/countrySigners.ts'
import { scan, scanReader } from '../ports/hidSource.ts'
import { installedPlugin } from '../ports/nationalCard.ts'
import { medium, paperOutcome, printerInfo } from '../ports/printer.ts'
import { ticketPrinterState, ticketRaster } from '../ports/ticketPrinter.ts'
import { faultSchema } from './faultSchema.ts'
import { cardAccess, cardEvent, cardReading, readerInfo, trainingCard } from './cardEvents.ts'

const scannedPage = z.strictObject({ mime: z.enum(['image/png', 'image/jpeg']), bytes: z.instanceof(Uint8Array) })
const none = z.strictObject({})
const bytes = z.instanceof(Uint8Array)
const call = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) => ({ input, output }) as const

/** Calls from the worker to the devices host; the same verbs as the ports in `shared/ports`. */
export const deviceCalls = {
  /** Whether the host still answers: what a hostile card or picture keeps busy for long is started anew. */
  'host.pulse': call(none, none),
  'card.list': call(none, z.strictObject({ readers: z.array(readerInfo) })),
  'card.read': call(z.strictObject({ reader: z.string().optional(), access: cardAccess.optional() }), cardReading),
  'card.signState': call(z.strictObject({ reader: z.string().optional() }), signState),
  'card.sign': call(
    z.strictObject({
      reader: z.string().optional(),
      key: signKey,
      data: bytes,
      scheme: signScheme.optional(),
      pin: pinBytes.optional(),
    }),
    cardSignature,
  ),
  'signers.installed': call(none, z.strictObject({ signers: z.array(countrySigner) })),
  'signers.examine': call(z.strictObject({ bytes, compared: z.array(sha256Hex) }), examinedFile),
  'signers.believe': call(z.strictObject({ certificates: z.array(bytes) }), none),
  'plugins.installed': call(none, z.strictObject({ plugins: z.array(installedPlugin) })),
  'training.insertCard': call(z.strictObject({ card: trainingCard }), none),
  'training.removeCard': call(z.strictObject({ of: z.literal('agent').optional() }), none),
  'printer.list': call(none, z.strictObject({ printers: z.array(printerInfo) })),
  'printer.submit': call(
    z.strictObject({ printer: z.string(), title: z.string(), paper: medium, pdf: bytes }),
    z.strictObject({ spoolerJob: z.string() }),
  ),
  'printer.outcome': call(z.strictObject({ printer: z.string(), spoolerJob: z.string() }), paperOutcome),
  'ticket.status': call(none, ticketPrinterState),
  'ticket.print': call(ticketRaster, none),
  'codeReader.list': call(none, z.strictObject({ readers: z.array(scanReader) })),
  'scanner.list': call(
    none,
    z.strictObject({ scanners: z.array(z.strictObject({ name: z.string(), description: z.string() })) }),
  ),
  'scanner.scan': call(z.strictObject({ scanner: z.string().optional() }), scannedPage),
  'scanner.scanStack': call(
    z.strictObject({ scanner: z.string().optional() }),
    z.strictObject({ pages: z.array(scannedPage), ended: faultSchema.exactOptional() }),
  ),
} as const
export type DeviceCalls = typeof deviceCalls

/** What the devices host tells the worker by itself. */
export const deviceEvents = {
  card: cardEvent,
  scan,
  /** How many pages of the stack that goes through the feeder are there. */
  stackPages: z.strictObject({ pages: z.int().positive() }),
} as const
export type DeviceEvents = typeof deviceEvents
