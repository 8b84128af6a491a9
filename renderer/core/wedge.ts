import { isZoneLine } from '#shared/domain/scan/assemble.ts'
import { classifyScan, scanLimit } from '#shared/domain/scan/classify.ts'

/** A key that went down without Ctrl, Alt or Meta. */
export interface Press {
  /** As `KeyboardEvent.key` says: one character, or a name. */
  readonly key: string
  /**
   * What the key would say on an American keyboard, which scanners believe to be; undefined for keys without a
   * character.
   */
  readonly american: string | undefined
  /** When it was pressed, in milliseconds. */
  readonly at: number
}

/** A run of keys too fast for fingers, so far. */
export interface Burst {
  readonly typed: string
  readonly american: string
  /** The end of `typed` that was kept from the field. */
  readonly held: string
  readonly lastAt: number
}

/** What becomes of a key, in the order of the members. */
export interface Step {
  readonly burst: Burst
  /** These held characters were typed by fingers after all: they go into the field. */
  readonly release?: string
  /** A burst may begin here: remember the field as it is. */
  readonly begins?: true
  /** A scanner has said this: put the field back as it was. */
  readonly scan?: string
  /** Whether the page may see the key. */
  readonly pass: boolean
}

export const noBurst: Burst = { typed: '', american: '', held: '', lastAt: -Infinity }

/** Scanners send a key every 1 to 20 ms; fingers hardly ever two within this, in milliseconds. */
export const gap = 35
/** Nothing that a scanner reads here is shorter. */
const shortest = 6
/** So many keys reach the field before a burst is believed: two fingers may fall at once. */
const believed = 2
const terminators: ReadonlySet<string> = new Set(['Enter', 'Tab'])
const modifiers: ReadonlySet<string> = new Set([
  'Shift',
  'CapsLock',
  'AltGraph',
  'Control',
  'Alt',
  'Meta',
  'NumLock',
  'Dead',
  'Unidentified',
])

/** What the keys of a burst say to us; undefined when it is nothing that a scanner reads here. */
export type Reading = (typed: string, american: string) => string | undefined

/** As typed, or as on an American keyboard where the system believes in another: the one that has a meaning here. */
export const readBurst = (typed: string, american: string, now: Date): string | undefined =>
  [typed, american].find((text) => isZoneLine(text) || classifyScan(text, now).kind !== 'other')

/**
 * One more key. Total; what is typed is never lost, only held for `gap`. A burst without a meaning here goes where it
 * was
 * typed: a password manager, or a code that the agent scans into a field.
 */
export function press(before: Burst, { key, american, at }: Press, read: Reading): Step {
  if (modifiers.has(key)) return { burst: before, pass: true }
  const fast = at - before.lastAt <= gap && before.typed !== ''
  if ([...key].length === 1) {
    if (!fast || before.typed.length >= scanLimit) {
      return {
        ...released(before),
        burst: { typed: key, american: american ?? key, held: '', lastAt: at },
        begins: true,
        pass: true,
      }
    }
    const typed = before.typed + key
    const pass = typed.length <= believed
    return {
      burst: { typed, american: before.american + (american ?? key), held: pass ? '' : before.held + key, lastAt: at },
      pass,
    }
  }
  const scan =
    fast && terminators.has(key) && before.typed.length >= shortest ? read(before.typed, before.american) : undefined
  if (scan !== undefined) return { burst: noBurst, scan, pass: false }
  return { ...released(before), burst: noBurst, pass: true }
}

/** Silence: what was held was typed by fingers. */
export const pause = (before: Burst, at: number): Step =>
  at - before.lastAt <= gap ? { burst: before, pass: true } : { ...released(before), burst: noBurst, pass: true }

const released = ({ held }: Burst): { readonly release?: string } => (held === '' ? {} : { release: held })
