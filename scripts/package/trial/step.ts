import type { BareRoot, Ran } from '../bareRoot.ts'

/** One thing that must hold of an installed package. */
export interface Step {
  readonly says: string
  /** Nothing when it holds, otherwise what was seen. */
  readonly run: (machine: BareRoot) => string | undefined | Promise<string | undefined>
}

/** The account of the desk. */
export const user = 'desk'
/** The one register of the machine. */
export const data = '/var/lib/guichet'
export const passphrase = 'quatre mots au moins'

/** As whoever sits at the desk. */
export const desk = {
  user,
  env: { HOME: `/home/${user}`, GUICHET_PASSPHRASE: passphrase, GUICHET_PASSWORD: 'guichet-demo' },
} as const

export const unless = (good: boolean, ran: Ran): string | undefined =>
  good ? undefined : `ended with ${String(ran.code)}: ${ran.text.trim().slice(-600)}`

/** It ended well. */
export const done = (ran: Ran): string | undefined => unless(ran.code === 0, ran)

/** It was refused with this fault. */
export const refused = (ran: Ran, fault: string): string | undefined =>
  unless(ran.code === 1 && ran.text.includes(`"${fault}"`), ran)

/** The first of them that does not hold. */
export async function each(...checks: readonly (() => Promise<string | undefined>)[]): Promise<string | undefined> {
  for (const check of checks) {
    const wrong = await check()
    if (wrong !== undefined) return wrong
  }
  return undefined
}
