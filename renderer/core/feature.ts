import type { Component, ComputedRef } from 'vue'
import type { Permission, Role } from '#shared/domain/roles.ts'
import type { IconName } from '../ui/icons.ts'
import type { SayAct } from './actWords.ts'
import type { SharedKey } from './i18n/useWords.ts'

/** A screen of the rail. */
export interface Page {
  /** The name of its route. */
  readonly name: string
  readonly path: string
  readonly icon: IconName
  /** Its name in the rail, a key of the words that all rooms share; absent where the feature says it (`Inside.pages`). */
  readonly words?: SharedKey
  /** What one must be allowed to do there; without it everybody who is signed in sees it. */
  readonly needs?: Permission
  /** Whose day begins there. */
  readonly begins?: readonly Role[]
  /** Read when it is first opened. */
  readonly component: () => Promise<unknown>
  /** A screen of every hour: read behind the login, before anybody asks for it. */
  readonly early?: true
  /** Pictures of the program only; never in the rail. */
  readonly demoOnly?: true
  /** How much waits there, beside its name in the rail; `urgent` when somebody must act. */
  readonly waits?: () => { readonly n: number; readonly urgent: boolean }
}

/** Something that can be asked for by name in the palette. */
export interface PaletteEntry {
  readonly value: string
  readonly group: 'act' | 'page' | 'deposit' | 'mail' | 'procedure' | 'setting'
  readonly label: string
  readonly hint?: string
  readonly keywords?: string
  readonly icon: IconName
  readonly shortcut?: string
  readonly run: () => void
}
/**
 * What a feature adds to the palette: entries that are known, and entries that are looked for by what was typed. `search`
 * is asked as one types, without words when the palette opens; what it answers is shown as it is. When it fails, only its
 * own entries are missing.
 */
export interface PaletteSource {
  readonly entries?: ComputedRef<readonly PaletteEntry[]>
  readonly search?: (words: string) => Promise<readonly PaletteEntry[]>
  /** What it looks through, and what it does not see: said below what was found. */
  readonly note?: ComputedRef<string>
}

/** What a feature brings into the frame while somebody is signed in; read together with the frame. */
export interface Inside {
  /** What its pages are called, by the name of the route, in its own words. */
  readonly pages?: (name: string) => string | undefined
  /** Dialogs that may come up on any screen; its set-up binds the keys and hears the scans of the feature. */
  readonly frame?: Component
  /** Above everything: what must be known on every screen. */
  readonly band?: Component
  /** Lights of the status strip; lower numbers stand first. */
  readonly strip?: { readonly order: number; readonly component: Component }
  /** Called once in the set-up of the palette. */
  readonly palette?: () => PaletteSource | readonly PaletteSource[]
}

/** What a folder of `renderer/features` says of itself in its `feature.ts`; `renderer/features.ts` finds them. */
export interface Feature {
  /** The name of its folder, and of its calls in the contract. */
  readonly name: string
  /** Its place in the rail: lower numbers stand first. */
  readonly order: number
  readonly pages?: readonly Page[]
  /** Screens before anybody is signed in: for a name, and for a register that is not open. */
  readonly door?: { readonly at: 'login' | 'register'; readonly component: Component }
  readonly inside?: () => Promise<Inside>
  /** What its acts are called, read by the screens that list acts of every feature. */
  readonly acts?: () => Promise<SayAct>
}
