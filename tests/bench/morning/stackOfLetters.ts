import type { Page } from 'playwright-core'
import { fold } from '#shared/text/fold.ts'
import type { Hands, Taken } from './hand.ts'
import type { MorningLetter } from './letters.ts'

interface Handed {
  readonly letters: readonly MorningLetter[]
  readonly pdf: Uint8Array
  /** The part of stacks is not open yet. */
  readonly first: boolean
  readonly shot: (name: string) => Promise<unknown>
}
interface Done {
  readonly taken: readonly Taken[]
  /** Until the balance stood there, in milliseconds. */
  readonly split: number
  /** How many letters were right as they were read. */
  readonly looks: string
}
const order = ['entry-party', 'stack-reference', 'stack-date', 'stack-subject'] as const

/** Hands a stack in, sees its balance, looks at each letter as it was read, puts right what is wrong, and registers it. */
export async function registerStack(hands: Hands, page: Page, { letters, pdf, first, shot }: Handed): Promise<Done> {
  if (first) {
    await page.keyboard.press('Control+k')
    await page.locator('dialog[open]').waitFor()
    await page.keyboard.type('الرزم', { delay: 60 })
    await page.keyboard.press('Enter')
  }
  await hands.focusOn('stack-counted-first')
  hands.begin()
  await hands.type(String(letters.length))
  const chosen = page.waitForEvent('filechooser')
  await hands.press('Control+o')
  await (await chosen).setFiles({ name: 'pile.pdf', mimeType: 'application/pdf', buffer: Buffer.from(pdf) })
  await hands.focusOn('stack-counted', 600_000)
  const split = hands.taken().waited
  if (first) await shot('balance')
  await hands.press('Enter')
  await hands.press('Enter')
  const taken: Taken[] = []
  let right = 0
  for (const [at, letter] of letters.entries()) {
    if (at > 0) hands.begin()
    await hands.until(
      () =>
        document.activeElement?.closest('.stack-form') !== null &&
        document.querySelector('[data-testid=stack-reading]') === null,
      undefined,
    )
    if (first && at === 1) await shot('letter')
    const changed = await putRight(hands, page, letter)
    if (changed.length === 0) right += 1
    else console.error(`  ${letter.party} ${letter.reference}: ${changed.join('; ')}`)
    await hands.press('Control+Enter')
    await hands.until(
      (left: number) =>
        document.querySelector<HTMLElement>('[data-testid=stack-left]')?.dataset['left'] === String(left),
      letters.length - at - 1,
    )
    const one = hands.taken()
    // The first has the whole stack's: its keys, and what splitting let it wait for, are shared.
    taken.push(at === 0 ? { ...one, waited: one.waited - split } : one)
  }
  if (first) await shot('registered')
  await hands.focusOn('stack-clear')
  await hands.press('Enter')
  const share = split / letters.length
  return {
    taken: taken.map((one) => ({ ...one, waited: one.waited + share })),
    split,
    looks: `${String(right)} right as read, split ${(split / 1000).toFixed(1)} s`,
  }
}

/** Field after field by Enter, which takes what is proposed; what is not on the paper is typed over. */
async function putRight(hands: Hands, page: Page, letter: MorningLetter): Promise<readonly string[]> {
  const wanted: Readonly<Record<(typeof order)[number], string>> = {
    'entry-party': letter.party,
    'stack-reference': letter.reference,
    'stack-date': letter.date.split('-').toReversed().join('/'),
    'stack-subject': letter.subject,
  }
  const changed: string[] = []
  for (let round = 0; round < 3; round += 1) {
    const now = await hands.look(() => standing(page))
    const wrong = order.filter((id) => fold(now.values[id] ?? '') !== fold(wanted[id]))
    const todo = order.filter((id) => wrong.includes(id) || now.doubts.includes(id))
    if (todo.length === 0) return changed
    for (const id of todo) {
      await goTo(hands, page, id)
      if (wrong.includes(id)) {
        const read = now.values[id] ?? ''
        changed.push(`${id} ${read === '' ? 'not read' : `read as ${read}`}`)
        if (read !== '') await hands.press('Control+a')
        await hands.type(wanted[id])
        await hands.press('Tab')
      } else {
        changed.push(`${id} doubted`)
        await hands.press('Enter')
      }
    }
  }
  throw new Error(`${letter.reference} is not to be put right: ${changed.join('; ')}`)
}

interface Standing {
  readonly focus: string
  readonly values: Readonly<Record<string, string>>
  readonly doubts: readonly string[]
}
const standing = (page: Page): Promise<Standing> =>
  page.evaluate((ids) => {
    const fields = [...ids].map((id) => document.querySelector<HTMLInputElement>(`.stack-form [data-testid=${id}]`))
    return {
      focus: document.activeElement?.getAttribute('data-testid') ?? document.activeElement?.tagName ?? '',
      values: Object.fromEntries(
        fields.flatMap((field) => (field ? [[field.dataset['testid'] ?? '', field.value]] : [])),
      ),
      doubts: fields.flatMap((field) => (field?.closest('.doubt') ? [field.dataset['testid'] ?? ''] : [])),
    }
  }, order)

async function goTo(hands: Hands, page: Page, id: (typeof order)[number]): Promise<void> {
  for (let steps = 0; steps < 8; steps += 1) {
    const { focus } = await hands.look(() => standing(page))
    if (focus === id) return
    const [from, to] = [order.findIndex((one) => one === focus), order.indexOf(id)]
    if (from === -1) throw new Error(`the focus is at ${focus}`)
    await hands.press(from < to ? 'Enter' : 'Shift+Tab')
  }
  throw new Error(`no way to ${id}`)
}
