import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchGuichet, type Guichet } from './harness.ts'

// What a screen reader is given: the tree that Chromium makes for it, in the order in which it reads.

const folder = mkdtempSync(join(tmpdir(), 'guichet-ax-'))
let guichet: Guichet
beforeAll(async () => {
  guichet = await launchGuichet({
    dataDir: join(folder, 'data'),
    env: { GUICHET_DEMO: '1', GUICHET_TRAINING: '1', GUICHET_SPOOL: folder },
  })
})
afterAll(async () => {
  await guichet.close().catch(() => undefined)
  rmSync(folder, { recursive: true, force: true })
})

interface Read {
  readonly role: string
  readonly name: string
}
/** What the protocol says of a node, as far as it is used here. */
interface AxNode {
  readonly nodeId: string
  readonly ignored: boolean
  readonly role?: { readonly value?: unknown }
  readonly name?: { readonly value?: unknown }
  readonly childIds?: readonly string[]
}
const textOf = (said: AxNode['role']): string => (typeof said?.value === 'string' ? said.value.trim() : '')
const controls = ['textbox', 'searchbox', 'combobox', 'button', 'checkbox', 'radio', 'link', 'tab', 'switch', 'listbox']

/** Every node that is not left out, in reading order. */
const read = async (page: Page): Promise<readonly Read[]> => {
  const session = await page.context().newCDPSession(page)
  const { nodes } = (await session.send('Accessibility.getFullAXTree')) as { nodes: readonly AxNode[] }
  await session.detach()
  const byId = new Map(nodes.map((node) => [node.nodeId, node]))
  const walk = (node: AxNode | undefined): readonly Read[] => {
    if (node === undefined) return []
    const own = node.ignored ? [] : [{ role: textOf(node.role), name: textOf(node.name) }]
    return [...own, ...(node.childIds ?? []).flatMap((id) => walk(byId.get(id)))]
  }
  return walk(nodes[0])
}
const nameless = (tree: readonly Read[]): readonly Read[] =>
  tree.filter(({ role, name }) => controls.includes(role) && name === '')
/** Where in the order something is read; each must come after the one before. */
const inOrder = (tree: readonly Read[], wanted: readonly (readonly [role: RegExp, name: RegExp])[]): void => {
  let from = -1
  for (const [role, name] of wanted) {
    const at = tree.findIndex((one, index) => index > from && role.test(one.role) && name.test(one.name))
    expect([String(name), at > from], JSON.stringify(tree.slice(Math.max(0, from), from + 40))).toEqual([
      String(name),
      true,
    ])
    from = at
  }
}

test('login: its name and password are read by their labels, in order', async () => {
  await guichet.page.getByTestId('demo-agent').waitFor({ timeout: 60_000 })
  const tree = await read(guichet.page)
  expect(nameless(tree)).toEqual([])
  inOrder(tree, [
    [/heading/u, /\S/u],
    [/textbox/u, /Identifiant/u],
    [/textbox/u, /Mot de passe/u],
    [/button/u, /connecter/iu],
  ])
})

test('counter: the places, the citizen, the request, what comes next', async () => {
  const { page } = guichet
  await page.getByTestId('demo-agent').click()
  await page.getByTestId('nav-counter').click()
  await page.getByTestId('simulate-card').click()
  await page.getByTestId('citizen-verdicts').waitFor({ timeout: 30_000 })
  const name = (await page.getByTestId('citizen-name').innerText()).split('\n')[0]?.trim() ?? ''
  const tree = await read(page)
  expect(nameless(tree)).toEqual([])
  inOrder(tree, [
    [/navigation/u, /\S/u],
    [/main/u, /.*/u],
    [/StaticText|heading/u, new RegExp(name.split(' ')[0] ?? '', 'iu')],
    [/combobox|searchbox|textbox/u, /\S/u],
  ])
})

test('receipt: its number is read, and what became of the paper', async () => {
  const { page } = guichet
  await page.getByTestId('procedure-search').click()
  await page.getByTestId('procedure-option').first().click()
  const pieces = page.locator('[data-testid^="piece-"] input[type=checkbox]')
  await pieces.first().waitFor()
  for (const piece of await pieces.all()) await piece.check()
  await page.getByTestId('confirm').click()
  await page.getByTestId('receipt-number').waitFor({ timeout: 30_000 })
  await page.locator('[data-testid="print-state"][data-state="printed"]').first().waitFor({ timeout: 60_000 })
  const tree = await read(page)
  expect(nameless(tree)).toEqual([])
  inOrder(tree, [
    [/main/u, /.*/u],
    [/.*/u, /000001/u],
    [/.*/u, /imprim|papier/iu],
  ])
})
