import { roles, type Permission, type Role } from '#shared/domain/roles.ts'
import { readOnce } from '#shared/readOnce.ts'
import type { Inside, Page } from '../core/feature.ts'
import { coreWords } from '../core/words.ts'
import { textOf } from '../core/i18n/useWords.ts'
import { features } from '../features.ts'

/** Every page of every feature, in the order of the list. */
export const allPages = (): readonly Page[] => features.flatMap(({ pages }) => pages ?? [])

const shared = textOf(coreWords)
/** What a page is called, in the agent's language. */
export const pageName = ({ name, words }: Page): string =>
  words === undefined
    ? (insides.map(({ pages }) => pages?.(name)).find((said) => said !== undefined) ?? name)
    : shared(words)

/** The pages that a person sees; `Alt+1` opens the first of them. */
export const pagesFor = (may: (permission: Permission) => boolean): readonly Page[] =>
  allPages().filter((page) => page.demoOnly !== true && (page.needs === undefined || may(page.needs)))

/** Where a person begins: the screen of the first of his roles that has one, else the first that he sees. */
export function firstPageOf(who: {
  readonly session?: { readonly roles: readonly Role[] } | undefined
  readonly may: (permission: Permission) => boolean
}): { readonly name: string } {
  const pages = pagesFor(who.may)
  const held = roles.filter((role) => who.session?.roles.includes(role))
  const own = held.flatMap((role) => pages.filter(({ begins }) => begins?.includes(role)))
  return { name: (own[0] ?? pages[0])?.name ?? 'start' }
}

/** What the features bring into the frame, read once. */
export const loadInsides = readOnce(
  async (): Promise<readonly Inside[]> =>
    (insides = await Promise.all(features.map(async ({ inside }) => (await inside?.()) ?? {}))),
)
let insides: readonly Inside[] = []
