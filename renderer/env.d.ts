/// <reference types="vite/client" />

/** True where a synthetic register answers instead of the worker (plain browser); the whole demonstration is cut out of what ships. */
declare const __DEMO__: boolean

interface Window {
  /** Put there by the preload. */
  readonly guichet?: { readonly initialLanguage: string }
}
