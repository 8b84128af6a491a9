import { z } from 'zod'
import { role } from '../../../domain/roles.ts'
import { localised } from '../../../domain/text.ts'
import { counterId } from '../../../ids.ts'
import { call, credentials, none } from '../../call.ts'
import { faultSchema } from '../../faultSchema.ts'
import { officeHandedOver } from '../../officeFile.ts'

export const appState = z.strictObject({
  /**
   * `create`: first start without a keystore, an administrator chooses the passphrase; `unlock`: it is asked again;
   * `office`: there is no register yet, the file of the platform's operator begins it.
   */
  phase: z.enum(['starting', 'create', 'unlock', 'office', 'ready', 'failed']),
  fault: faultSchema.optional(),
  version: z.string(),
  /** Chromium/Electron version and whether it is the closed-network stand-in. */
  runtime: z.strictObject({ electron: z.string(), standIn: z.boolean() }),
  training: z.boolean(),
  /**
   * The register is an old copy, or lost acts: it is read, not written, until its series is closed and a new one
   * opened.
   */
  quarantine: faultSchema.optional(),
  counter: counterId.optional(),
  office: localised.optional(),
  /**
   * Zone of the office, by its IANA name or as an offset (`+01:00`) where a decree is newer than the tables: instants
   * are shown in it.
   */
  zone: z.string().optional(),
  /** Logins shown on the login screen of the embedded default only. */
  demoLogins: z.array(z.strictObject({ login: z.string(), password: z.string(), role })),
})
export type AppState = z.infer<typeof appState>

/** The program as a whole: its state, its passphrase, its rescue. */
export const calls = {
  'app.state': call('public', none, appState),
  'register.unlock': call('public', z.strictObject({ passphrase: z.string().min(8).max(512) }), none),
  /** A register that could not be opened is tried again, with everything as it is then: the program starts anew. */
  'register.startAgain': call('public', none, none),
  /** Begins the register of this counter with the file that the platform's operator handed over. */
  'register.begin': call('public', officeHandedOver, none),
  /**
   * A register that cannot be opened: it is set aside and the newest sound copy takes its place, in the name of a
   * supervisor known there.
   */
  'register.rescue': call('public', credentials, z.strictObject({ restoredFrom: z.iso.datetime() })),
} as const

/** What is told by itself; each payload is the whole new state, never a difference. */
export const events = { app: appState } as const
