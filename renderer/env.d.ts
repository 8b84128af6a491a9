/// <reference types="vite/client" />

/**
 * True where a synthetic register answers instead of the worker (plain browser); the whole demonstration is cut out of
 * what ships.
 */
declare const __DEMO__: boolean

declare module '*.vue' {
  import type { Component } from 'vue'

  const component: Component
  export { component as default }
}

interface Window {
  /** Put there by the preload. */
  readonly guichet?: { readonly initialLanguage: string; readonly opensByItself: boolean }
}
