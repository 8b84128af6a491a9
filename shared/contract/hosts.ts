import { z } from 'zod'
import { windowDoors } from './doorNames.ts'
import { faultSchema } from './faultSchema.ts'
import { appState } from './features/app/calls.ts'

/**
 * What the main process and its utility processes say to each other: `child.postMessage(message, [port])` on one
 * side,
 * `process.parentPort` on the other. Messages wait in the pipe until the child listens, so none is lost at start.
 */

const bytes = z.instanceof(Uint8Array)
const requestId = z.int().nonnegative()

export const versions = z.strictObject({
  app: z.string(),
  electron: z.string(),
  /** The closed-network stand-in runtime, for development and tests only. */
  standIn: z.boolean(),
})
export type Versions = z.infer<typeof versions>

/** The keystore lives in the main process only: it wraps a key, whoever asked keeps the blob in the data folder. */
const wrap = z.strictObject({ kind: z.literal('wrap'), requestId, key: bytes })
const unwrap = z.strictObject({ kind: z.literal('unwrap'), requestId, blob: bytes })
export type KeystoreQuestion = z.infer<typeof wrap> | z.infer<typeof unwrap>

const wrapped = z.strictObject({ kind: z.literal('wrapped'), requestId, blob: bytes })
const unwrapped = z.strictObject({ kind: z.literal('unwrapped'), requestId, key: bytes })
const keystoreFailed = z.strictObject({ kind: z.literal('keystoreFailed'), requestId, detail: z.string() })
export type KeystoreAnswer = z.infer<typeof wrapped> | z.infer<typeof unwrapped> | z.infer<typeof keystoreFailed>

/** How the platform is reached, as the machine's administrator says. */
export const network = z.strictObject({
  /** Certificates (PEM) of authorities that are believed besides those of the system. */
  caFile: z.string().exactOptional(),
  /** The address of a proxy, with a name and a password where it asks for them. */
  proxy: z.string().exactOptional(),
  /** Hosts that are asked without it: `no_proxy`. */
  except: z.string().exactOptional(),
})
export type Network = z.infer<typeof network>

export const toWorker = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('start'),
    dataDir: z.string(),
    resourcesDir: z.string(),
    /**
     * `none`: the key of the register is wrapped by a passphrase (`GUICHET_PASSPHRASE` or the call `register.unlock`).
     * `locked`: there is one, and it did not open.
     */
    keystore: z.enum(['available', 'none', 'locked']),
    /** The keystore by its own name, for people. */
    keystoreName: z.string().exactOptional(),
    platformUrl: z.url().exactOptional(),
    network,
    /** What the administrator set, by name, for the support bundle. */
    settings: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).exactOptional(),
    /** The office file of this machine, and the fingerprint that its administrator vouches for. */
    office: z.strictObject({ file: z.string(), fingerprint: z.string() }).exactOptional(),
    /** Copies of the register go there too. */
    backupDir: z.string().exactOptional(),
    /** The register's key is wrapped for this recipient (age) too. */
    recoveryKey: z.string().exactOptional(),
    training: z.boolean(),
    /** The embedded default: the login screen shows the demo accounts. */
    demo: z.boolean(),
    versions,
    /**
     * A better-sqlite3 addon built for this runtime, for its `nativeBinding` option; absent where the prebuilt one
     * serves.
     */
    sqliteBinding: z.string().exactOptional(),
    /** This counter is in a hall: its station is a process of its own. */
    hall: z.literal(true).exactOptional(),
  }),
  /**
   * With one port: a window was (re)loaded. `window` is its number for life: the port before it is dead, who is signed
   * in at it stays.
   */
  z.strictObject({ kind: z.literal('window'), window: z.int().nonnegative(), door: z.enum(windowDoors) }),
  /** A window was closed for good: who was signed in at it leaves. */
  z.strictObject({ kind: z.literal('windowClosed'), window: z.int().nonnegative() }),
  /** The machine sleeps or slept, or its screen is locked: whoever is signed in is not there. */
  z.strictObject({ kind: z.literal('away') }),
  /** With one port: the devices host was (re)started. The port before it is dead. */
  z.strictObject({ kind: z.literal('devices') }),
  /** The devices host died; it is restarted by itself and announced by `devices`. */
  z.strictObject({ kind: z.literal('devicesDown') }),
  /** With one port: the press was (re)started. The port before it is dead. */
  z.strictObject({ kind: z.literal('press') }),
  /** The press died; it is restarted by itself and announced by `press`. */
  z.strictObject({ kind: z.literal('pressDown') }),
  /** With one port: the hall was (re)started. The port before it is dead. */
  z.strictObject({ kind: z.literal('hall') }),
  /** The hall died; it is restarted by itself and announced by `hall`. */
  z.strictObject({ kind: z.literal('hallDown') }),
  wrapped,
  unwrapped,
  keystoreFailed,
  /** Without a path: the person left it. */
  z.strictObject({ kind: z.literal('fileChosen'), requestId, path: z.string().min(1).exactOptional() }),
  /** Close the register and exit with 0. */
  z.strictObject({ kind: z.literal('stop') }),
])
export type ToWorker = z.infer<typeof toWorker>

export const fromWorker = z.discriminatedUnion('kind', [
  /** Said once after `start`, and again at every change. */
  z.strictObject({ kind: z.literal('phase'), phase: appState.shape.phase, fault: faultSchema.exactOptional() }),
  wrap,
  unwrap,
  /** Only the main process can show the system's dialog: where shall a file of this name be? */
  z.strictObject({ kind: z.literal('chooseFile'), requestId, name: z.string() }),
  /** Whoever stands at a window that could not open the register wants the program started again. */
  z.strictObject({ kind: z.literal('startAgain') }),
  /** A paper is near: the press shall run. Said again when it does, it changes nothing. */
  z.strictObject({ kind: z.literal('pressNeeded') }),
  /** A paper took too long, and its layout cannot be interrupted: the press shall end and start afresh. */
  z.strictObject({ kind: z.literal('pressStuck') }),
  /** The devices host answers nothing any more: it shall be started anew. */
  z.strictObject({ kind: z.literal('devicesStuck') }),
])
export type FromWorker = z.infer<typeof fromWorker>

export const toDevices = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('start'),
    /** Simulated devices stand in for absent ones; what they make is marked SPECIMEN. */
    training: z.boolean(),
    resourcesDir: z.string(),
    /** Pinned roots of the card profiles; `resourcesDir`/trust when absent. */
    trustDir: z.string().exactOptional(),
    /** Country signers of passports and permits; those of the resources when absent. */
    cscaDir: z.string().exactOptional(),
    /** Programs for national cards. */
    pluginsFile: z.string().exactOptional(),
    /** Where tickets of the hall are printed: `HOST:PORT`, `HOST:PORT/58`. */
    ticketPrinter: z.string().exactOptional(),
    /** Where the simulated printer leaves its pages. */
    spoolDir: z.string().exactOptional(),
  }),
  /** With one port: the worker was (re)started. The port before it is dead. */
  z.strictObject({ kind: z.literal('worker') }),
])
export type ToDevices = z.infer<typeof toDevices>

export const toPress = z.discriminatedUnion('kind', [
  /** The folder with fonts and templates: all that the press is told of the counter. */
  z.strictObject({ kind: z.literal('start'), resourcesDir: z.string() }),
  /** With one port: the worker was (re)started. The port before it is dead. */
  z.strictObject({ kind: z.literal('worker') }),
])
export type ToPress = z.infer<typeof toPress>

export const toHall = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('start'),
    dataDir: z.string(),
    /** Without a roster, a hall of one station is made, and its day opens by itself. */
    demo: z.boolean(),
    /** The system has a keystore, and it opened: it wraps the station's keys. */
    keystore: z.boolean(),
    /** Whether stations are looked for when they are not at the addresses of the roster. */
    discovery: z.boolean(),
  }),
  /** With one port: the worker was (re)started. The port before it is dead. */
  z.strictObject({ kind: z.literal('worker') }),
  wrapped,
  unwrapped,
  keystoreFailed,
  /** Close the log and exit with 0. */
  z.strictObject({ kind: z.literal('stop') }),
])
export type ToHall = z.infer<typeof toHall>

/** What the hall knows goes to the worker. */
export const fromHall = z.discriminatedUnion('kind', [wrap, unwrap])

export const fromDevices = z.discriminatedUnion('kind', [z.strictObject({ kind: z.literal('ready') })])
export type FromDevices = z.infer<typeof fromDevices>
