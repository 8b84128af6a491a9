import { agreeingDigits } from '#shared/domain/mrz/zoneDigits.ts'
import { isZoneLine } from '#shared/domain/scan/assemble.ts'
import { classifyScan, scanLimit, withoutFrame } from '#shared/domain/scan/classify.ts'

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
  /** When a scanner last said something: what ends it may come twice. */
  readonly scannedAt: number
  /** A frame has ended behind that (ETX): one more character is its check. */
  readonly closed: boolean
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

export const noBurst: Burst = {
  typed: '',
  american: '',
  held: '',
  lastAt: -Infinity,
  scannedAt: -Infinity,
  closed: false,
}

/** Scanners send a key every 1 to 20 ms; fingers hardly ever two within this, in milliseconds. */
export const gap = 35
/** Nothing that a scanner reads here is shorter. */
const shortest = 6
/** So many keys reach the field before a burst is believed: two fingers may fall at once. */
const believed = 2
const terminators: ReadonlySet<string> = new Set(['Enter', 'Tab'])
const modifiers: ReadonlySet<string> = new Set(['Shift', 'CapsLock', 'AltGraph', 'Control', 'Alt', 'Meta', 'NumLock'])
/** What a frame around the data looks like as a key: a chord with Ctrl that stands for a control character. */
export const framing = 'Framing'
/** The one that ends the frame: a check may follow. */
export const frameEnd = 'FrameEnd'
const framings: ReadonlySet<string> = new Set([framing, frameEnd])

/**
 * The character of a key: its own, or that of its place where the layout has none of its own there: a dead key, a
 * ligature.
 */
const characterOf = ({ key, american }: Press): string | undefined =>
  [...key].length === 1 ? key : nameless(key) ? american : undefined
const withoutCharacter: ReadonlySet<string> = new Set(['Dead', 'Unidentified'])
const nameless = (key: string): boolean => withoutCharacter.has(key) || !/^[A-Za-z0-9]+$/.test(key)

/** What the keys of a burst say to us; undefined when it is nothing that a scanner reads here. */
export type Reading = (typed: string, american: string) => string | undefined

/**
 * As typed, or as on an American keyboard where the system believes in another: the one that has a meaning here, and of
 * two lines of a zone the one whose check digits agree.
 */
export function readBurst(typed: string, american: string, now: Date): string | undefined {
  const lines = [typed, american].filter((text) => isZoneLine(withoutFrame(text)))
  const [first, second] = lines
  if (first !== undefined && second !== undefined)
    return agreeingDigits(withoutFrame(second)) > agreeingDigits(withoutFrame(first)) ? second : first
  return first ?? [typed, american].find((text) => classifyScan(text, now).kind !== 'other')
}

/**
 * One more key. Total; what is typed is never lost, only held for `gap`. A burst without a meaning here goes where it
 * was
 * typed: a password manager, or a code that the agent scans into a field.
 */
export function press(before: Burst, pressed: Press, read: Reading): Step {
  const { key, american, at } = pressed
  if (modifiers.has(key) || (american === undefined && withoutCharacter.has(key))) return { burst: before, pass: true }
  const fast = at - before.lastAt <= gap && before.typed !== ''
  // The scan is said: its frame goes on for a key or two, CR LF as two Enters or a control character.
  const after = at - before.scannedAt <= gap && before.typed === ''
  if (after && (framings.has(key) || terminators.has(key)))
    return { burst: { ...noBurst, scannedAt: at, closed: key === frameEnd }, pass: false }
  if (framings.has(key) && fast && before.typed.length >= shortest)
    return { burst: { ...before, lastAt: at }, pass: false }
  const character = characterOf(pressed)
  if (after && before.closed && character !== undefined) return { burst: noBurst, pass: false }
  if (character !== undefined) {
    const place = american ?? character
    if (!fast || before.typed.length >= scanLimit) {
      return {
        ...released(before),
        burst: { ...noBurst, typed: character, american: place, lastAt: at },
        begins: true,
        pass: true,
      }
    }
    const typed = before.typed + character
    const pass = typed.length <= believed
    return {
      burst: {
        ...before,
        typed,
        american: before.american + place,
        held: pass ? '' : before.held + character,
        lastAt: at,
      },
      pass,
    }
  }
  const scan =
    fast && terminators.has(key) && before.typed.length >= shortest ? read(before.typed, before.american) : undefined
  if (scan !== undefined) return { burst: { ...noBurst, scannedAt: at }, scan, pass: false }
  return { ...released(before), burst: noBurst, pass: true }
}

/** Silence: what was held was typed by fingers. */
export const pause = (before: Burst, at: number): Step =>
  at - before.lastAt <= gap ? { burst: before, pass: true } : { ...released(before), burst: noBurst, pass: true }

const released = ({ held }: Burst): { readonly release?: string } => (held === '' ? {} : { release: held })
