/** What the emulated readers say (specimens of Doc 9303, nobody's data). */
export const texts = {
  /** Longer than one report holds. */
  seal: `GU1:${'6BF+70790T9WJWG.FKY*4GO0.O1CV2'.repeat(11)}`,
  td1: ['I<UTOD231458907<<<<<<<<<<<<<<<', '7408122F1204159UTO<<<<<<<<<<<6', 'ERIKSSON<<ANNA<MARIA<<<<<<<<<<'],
  td3: ['P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'L898902C36UTO7408122F1204159ZE184226B<<<<<10'],
  /** Short: evdev keeps 64 events for who reads, and this machine writes the keys all at once. */
  wedge: 'RAB03G2',
  number: '2026/RAB03-G2/000001',
} as const

/** A key went down: its name as the page would hear it, and the kernel's time in milliseconds. */
export interface KeyDown {
  readonly key: string
  readonly at: number
}

/** What the guest tells the host. */
export type GuestNews =
  | { readonly kind: 'unusable'; readonly detail: string }
  | { readonly kind: 'readers'; readonly open: readonly string[] }
  | { readonly kind: 'scan'; readonly device: string; readonly text: string }
  | { readonly kind: 'serialReady' }
  | { readonly kind: 'keys'; readonly keys: readonly KeyDown[] }
  | { readonly kind: 'done' }
