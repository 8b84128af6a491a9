import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createBelgianCard } from '#drivers/fake/belgian/belgianCard.ts'
import { citizen, foreigner } from '#drivers/fake/belgian/persons.ts'
import { withFaults, type CardLink } from '#drivers/fake/faultyCard.ts'
import { createDocument, zoneOf, type DocumentTamper } from '#drivers/fake/icao/document.ts'
import { resident, specimenCan } from '#drivers/fake/icao/holders.ts'
import { createIssuer, type Issuer } from '#drivers/fake/icao/issuer.ts'
import { specimenPhoto } from '#tests/builders/cards.ts'
import type { PluggedCard } from '#tests/emulators/card/vpcd.ts'
import { confirm, fillRequest, setUpDesk, signIn, typeInstead, type Desk } from './desk.ts'
import type { Guichet } from './harness.ts'
import { scan } from './scan.ts'

let desk: Desk
let guichet: Guichet
let page: Page
let issuer: Issuer
const today = new Date()
const holder = resident(today)

beforeAll(async () => {
  issuer = await createIssuer(today)
  desk = await setUpDesk([issuer.countrySigner])
  guichet = await desk.open()
  page = guichet.page
  await signIn(page)
})
afterAll(async () => {
  await guichet.close().catch(() => undefined)
  await desk.close()
})

const permit = (tamper?: DocumentTamper): CardLink =>
  withFaults(
    createDocument({
      holder,
      photo: specimenPhoto('foreigner'),
      sign: issuer.signGroups,
      can: specimenCan,
      pace: { cipher: 'AES-128', parameterId: 12 },
      chipKey: { parameterId: 12, cipher: 'AES-128', secret: 0x5eedn },
      ...(tamper !== undefined && { tamper }),
    }),
  )

const within = { timeout: 30_000 }
const pane = () => page.locator('.citizen-pane')
const name = () => page.getByTestId('citizen-name').innerText()
const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-testid'))

/** The words of the badges by how they look. */
async function badges(): Promise<Readonly<Record<'ok' | 'warn' | 'danger' | 'neutral', readonly string[]>>> {
  const [ok, warn, danger, neutral] = await Promise.all(
    ['ok', 'warn', 'danger', 'neutral'].map((tone) =>
      page.locator(`[data-testid=citizen-verdicts] .ui-badge.${tone}`).allInnerTexts(),
    ),
  )
  return { ok: ok ?? [], warn: warn ?? [], danger: danger ?? [], neutral: neutral ?? [] }
}

/** The deposit as the platform has it. */
const filed = (number: string) =>
  desk.query<{ envelope: string }>(
    `SELECT c.envelope FROM deposit d JOIN command c USING (counter_id, seq) WHERE d.number = '${number}'`,
  )

async function deposit(): Promise<string> {
  await fillRequest(page, 'residence')
  return confirm(page)
}

/** Takes the card back, waits until the reader has told, and turns to the next citizen. */
async function next(card: PluggedCard): Promise<void> {
  await card.pull()
  await expect.poll(() => page.getByTestId('status-reader').innerText(), within).toMatch(/retirée/)
  await page.keyboard.press('F4')
  await expect.poll(() => page.getByTestId('citizen-name').count(), within).toBe(0)
}

const genuine = {
  ok: ['Identité vérifiée', 'Photo vérifiée', 'Signature valide', 'Puce authentique', 'Émetteur connu'],
  warn: [],
  danger: [],
  neutral: [],
}

describe('a residence permit', () => {
  test.each([
    [
      'its access number, typed',
      async () => {
        await expect.poll(focused, within).toBe('access-can')
        await page.keyboard.type(specimenCan)
        await page.keyboard.press('Enter')
      },
    ],
    [
      'its zone, scanned',
      async () => {
        for (const line of zoneOf(holder).match(/.{30}/g) ?? []) await scan(page, line)
      },
    ],
  ])('opens by %s, is shown with what was proved, and a receipt is issued', async (_, open) => {
    const card = await desk.insert(permit())
    await page.getByTestId('access-can').waitFor(within)
    await open()
    await expect.poll(badges, within).toEqual(genuine)
    expect(await name()).toMatch(/SPECIMEN EL AMRANI\s+SALMA\s+العمراني سلمى/)
    const number = await deposit()
    await expect.poll(() => filed(number), within).toHaveLength(1)
    await next(card)
  })

  test('whose photo was exchanged says so, and only that', async () => {
    const card = await desk.insert(permit(2))
    await page.getByTestId('access-can').waitFor(within)
    await page.getByTestId('access-can').fill(specimenCan)
    await page.keyboard.press('Enter')
    await expect.poll(badges, within).toEqual({
      ...genuine,
      ok: genuine.ok.filter((badge) => !badge.startsWith('Photo')),
      danger: ['Photo remplacée'],
    })
    await next(card)
  })
})

test('a card exchanged for another one while it is read: who came last is shown, with nothing of who came first', async () => {
  const [first, second] = [citizen(today), foreigner(today)]
  const taken = await desk.insertCard({ msPerApdu: 40, removedAt: 9 })
  await taken.left
  const card = await desk.insert(
    withFaults(createBelgianCard({ person: second, photo: specimenPhoto(second.photo), authority: desk.authority })),
  )
  const proved = ['Identité vérifiée', 'Adresse vérifiée', 'Photo vérifiée', 'Puce authentique', 'Émetteur connu']
  await expect.poll(async () => [...(await badges()).ok].sort(), within).toEqual(proved.sort())
  const shown = await pane().innerText()
  for (const said of [second.fields.name, second.fields.givenNames, second.address?.municipality])
    expect(shown.toLowerCase()).toContain(said?.toLowerCase())
  for (const said of [first.fields.name, first.fields.givenNames, first.fields.cardNumber, first.address?.street])
    expect(shown.toLowerCase()).not.toContain(said?.toLowerCase())
  expect(await page.getByTestId('compare-open').locator('img').getAttribute('src')).toBe(
    `data:image/jpeg;base64,${Buffer.from(specimenPhoto(second.photo)).toString('base64')}`,
  )
  await next(card)
})

test('a card that says nothing is no dead end: the identity is typed, and a receipt is issued', async () => {
  const card = await desk.insertCard({ muteAt: 0 })
  await typeInstead(page)
  await expect.poll(name, within).toMatch(/ZZESSAI\s+Muette/i)
  expect(await badges()).toEqual({ ok: [], warn: ['Saisie à la main'], danger: [], neutral: [] })
  const number = await deposit()
  await expect.poll(() => filed(number), within).toHaveLength(1)
  await next(card)
})
