import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openPcscCards } from '#drivers/card/pcsc/openPcscCards.ts'
import { createAuthority, type Authority } from '#drivers/fake/belgian/authority.ts'
import { createBelgianCard, type BelgianCardOptions } from '#drivers/fake/belgian/belgianCard.ts'
import { child, citizen, foreigner, nationalNumber, type Person } from '#drivers/fake/belgian/persons.ts'
import type { VirtualCard } from '#drivers/fake/belgian/applet.ts'
import { withFaults, type CardLink } from '#drivers/fake/faultyCard.ts'
import type { CardReading } from '#shared/contract/cardEvents.ts'
import type { CardSource } from '#shared/ports/cardSource.ts'
import { at, ending, outcome, watchCards, type CardWatch } from '#tests/builders/cardEvents.ts'
import { cardDay, specimenPhoto, trustIn } from '#tests/builders/cards.ts'
import { plugCard, type PluggedCard } from '#tests/emulators/card/vpcd.ts'
import { openPcscd, type Pcscd } from '#tests/emulators/pcscd.ts'

const run = promisify(execFile)

let pcscd: Pcscd
let cards: CardSource
let watch: CardWatch
const authorities: Partial<Record<'rsa' | 'ec' | 'rekeyed', Authority>> = {}
const plugged = new Set<PluggedCard>()

beforeAll(async () => {
  pcscd = await openPcscd()
  Object.assign(process.env, pcscd.env)
  const [rsa, ec, rekeyed] = await Promise.all([
    createAuthority('rsa', cardDay),
    createAuthority('ec', cardDay),
    createAuthority('ec', cardDay, 'rsa'),
  ])
  Object.assign(authorities, { rsa, ec, rekeyed })
  cards = openPcscCards({
    trust: trustIn(rsa, ec, rekeyed),
    clock: { now: () => cardDay, monotonic: () => performance.now() },
  })
  watch = watchCards(cards)
  await watch.next(at('empty', pcscd.readers[1]))
})
afterEach(async () => {
  for (const card of plugged) await card.pull()
  plugged.clear()
})
afterAll(async () => {
  await cards.close()
  await pcscd.close()
})

/** Puts a card in, waits for what becomes of it, looks at it in other ways, and takes it out again. */
async function present(
  link: CardLink,
  slot: 0 | 1 = 0,
  look: () => Promise<void> = () => Promise.resolve(),
): Promise<string | CardReading> {
  const reader = pcscd.readers[slot]
  const end = watch.next(ending(reader))
  const gone = watch.next(at('removed', reader))
  gone.catch(() => undefined)
  const card = await plugCard(link, pcscd.ports[slot])
  plugged.add(card)
  const result = outcome(await end)
  await look()
  await card.pull()
  plugged.delete(card)
  await gone
  return result
}

interface Variant {
  readonly name: string
  readonly by: keyof typeof authorities
  readonly person: Person
  readonly options?: Partial<BelgianCardOptions>
  /** What our reading says of the birth date. */
  readonly born: string | undefined
  /**
   * What `eidenv` 0.23 cannot read: a leading structure version, a field of 128 bytes and more, files
   * above 512 bytes.
   */
  readonly eidenv?: false
  /** What lies between the card and us. */
  readonly behind?: (card: VirtualCard) => VirtualCard
}

/** A reader that repeats a command by itself with the length that `6Cxx` names. */
const resolves6C = (card: VirtualCard): VirtualCard => ({
  ...card,
  answer: (command) => {
    const said = card.answer(command)
    return said.at(-2) === 0x6c ? card.answer(Uint8Array.from([...command.subarray(0, 4), said.at(-1) ?? 0])) : said
  },
})
/** A card that answers INTERNAL AUTHENTICATE in a data object inside another one (Belpic applet 1.8 manual §6.11). */
const wrapsProof = (card: VirtualCard): VirtualCard => ({
  ...card,
  answer: (command) => {
    const said = card.answer(command)
    if (command[1] !== 0x88 || said.at(-2) !== 0x61) return said
    const signature = card.answer(Uint8Array.of(0x00, 0xc0, 0x00, 0x00, said.at(-1) ?? 0)).subarray(0, -2)
    return Uint8Array.of(0x7c, signature.length + 2, 0x82, signature.length, ...signature, 0x90, 0x00)
  },
})

const having = (person: Person, fields: Person['fields']): Person => ({
  ...person,
  fields: { ...person.fields, ...fields },
})
const [one, other, young] = [citizen(cardDay), foreigner(cardDay), child(cardDay)]
const { version: _version, ...unversioned } = other.fields
const plain: Person = { ...other, fields: unversioned }
const sha1 = { photoHash: 'sha1', signatureHash: 'sha1' } as const

const everyTag: Person['fields'] = {
  duplicate: '01',
  specialOrganisation: '5',
  memberOfFamily: '',
  protection: '01.02.2020-FR',
  labourMention: '8',
  employerVat: 'BE0123456789',
  secondEmployerVat: 'BE9876543210',
  regionalFile: 'REG-2026-00000001',
  brexitFirst: 'B',
  brexitSecond: 'C',
  cardAFirst: 'D',
  cardASecond: 'K',
  permanentSince: '01.03.2021',
}
/**
 * Document types (tag 0F): bootstrap and habilitation, every foreigner's card, children's, and one that nobody knows
 * yet.
 */
const documentTypes = [
  '1',
  '6',
  '7',
  '8',
  '11',
  '12',
  '13',
  '14',
  '15',
  '16',
  '17',
  '18',
  '19',
  '20',
  '21',
  '22',
  '23',
  '27',
  '28',
  '31',
  '32',
  '33',
  '34',
  '35',
  '36',
  '61',
  '62',
  '63',
  '64',
  '65',
  '66',
  '67',
  '68',
  '69',
  '97',
] as const

const variants: readonly Variant[] = [
  {
    name: 'applet 1.0, RSA, SHA-1',
    by: 'rsa',
    person: one,
    options: { generation: '1.0', ...sha1 },
    born: '1984-06-06',
  },
  {
    name: 'applet 1.1, RSA, SHA-1',
    by: 'rsa',
    person: one,
    options: { generation: '1.1', ...sha1 },
    born: '1984-06-06',
  },
  { name: 'applet 1.7, SHA-1', by: 'rsa', person: one, options: sha1, born: '1984-06-06' },
  {
    name: 'applet 1.7, SHA-1 photo, SHA-256 signatures',
    by: 'rsa',
    person: one,
    options: { photoHash: 'sha1', signatureHash: 'sha256' },
    born: '1984-06-06',
  },
  { name: 'applet 1.7, SHA-256', by: 'rsa', person: one, born: '1984-06-06' },
  { name: 're-keyed, SHA-1 photo', by: 'rekeyed', person: one, options: { photoHash: 'sha1' }, born: '1984-06-06' },
  { name: 're-keyed, SHA-256 photo', by: 'rekeyed', person: one, options: { photoHash: 'sha256' }, born: '1984-06-06' },
  { name: 'applet 1.8', by: 'ec', person: one, born: '1984-06-06' },
  {
    name: 'applet 1.8 with a structure version in front',
    by: 'ec',
    person: having(one, { version: '0002' }),
    born: '1984-06-06',
    eidenv: false,
  },
  {
    name: 'applet 1.7 in a reader that resolves 6C itself',
    by: 'rsa',
    person: one,
    born: '1984-06-06',
    behind: resolves6C,
  },
  {
    name: 'applet 1.8 in a reader that resolves 6C itself',
    by: 'ec',
    person: one,
    born: '1984-06-06',
    behind: resolves6C,
  },
  {
    name: 'applet 1.8 with a wrapped proof of its chip',
    by: 'ec',
    person: one,
    born: '1984-06-06',
    behind: wrapsProof,
  },
  { name: 'Kids-ID without certificates, applet 1.7', by: 'rsa', person: young, born: '2019-03-09' },
  { name: 'Kids-ID without certificates, applet 1.8', by: 'ec', person: young, born: '2019-03-09' },
  { name: 'foreigner, year only', by: 'ec', person: plain, born: '1971' },
  { name: 'blank birth date', by: 'ec', person: having(plain, { birthDate: '' }), born: undefined },
  { name: 'month in Dutch', by: 'rsa', person: having(one, { birthDate: '01 MAAR 1971' }), born: '1971-03-01' },
  { name: 'two spaces', by: 'rsa', person: having(one, { birthDate: '01 JAN  1971' }), born: '1971-01-01' },
  {
    name: 'month in German with dots',
    by: 'ec',
    person: having(one, { birthDate: '22.DEZ.1997' }),
    born: '1997-12-22',
  },
  { name: 'day and month blank', by: 'rsa', person: having(plain, { birthDate: '  .   .1971' }), born: '1971' },
  {
    name: 'bis number',
    by: 'ec',
    person: having(plain, { nationalNumber: nationalNumber('714500', 3, false) }),
    born: '1971',
  },
  {
    name: 'every tag, and one that nobody knows',
    by: 'ec',
    person: having(plain, everyTag),
    options: { moreFields: [[0x2a, Buffer.from('new')]] },
    born: '1971',
  },
  {
    name: 'a name of 300 bytes',
    by: 'rsa',
    person: having(one, { name: 'Ó'.repeat(150) }),
    born: '1984-06-06',
    eidenv: false,
  },
  {
    name: 'a name of 255 bytes',
    by: 'rsa',
    person: having(one, { name: 'N'.repeat(255) }),
    born: '1984-06-06',
    eidenv: false,
  },
  ...documentTypes.map((type, index): Variant => ({
    name: `document type ${type}`,
    by: index % 2 === 0 ? 'ec' : 'rsa',
    person: having(Number(type) > 10 ? plain : one, {
      documentType: index % 3 === 0 && type.length === 1 ? `0${type}` : type,
    }),
    born: Number(type) > 10 ? '1971' : '1984-06-06',
  })),
]

const iso = (day: string | undefined): string | undefined => day?.split('.').reverse().join('-')

/** What `eidenv` says, by its field names; it exits 1 even when all went well. */
async function eidenv(): Promise<Map<string, string>> {
  const { stdout } = await run('eidenv', [], { env: { ...process.env, ...pcscd.env } }).catch(
    (failed: { stdout: string }) => failed,
  )
  return new Map(
    stdout
      .split('\n')
      .filter((line) => line.startsWith('BELPIC_'))
      .map((line) => {
        const [name = '', ...value] = line.split(': ')
        return [name, value.join(': ')]
      }),
  )
}

describe('every Belgian card is read and proved through PC/SC', () => {
  it.each(variants)(
    '$name',
    async ({ by, person, options, born, eidenv: readable = true, behind = (card) => card }) => {
      const authority = authorities[by] ?? expect.fail()
      const theirs = new Map<string, string>()
      // The first applets lose their senses where another reader does not let them rest.
      const asked = readable && options?.generation !== '1.0' && options?.generation !== '1.1'
      const look = async (): Promise<void> => {
        if (asked) for (const [name, value] of await eidenv()) theirs.set(name, value)
      }
      const reading = await present(
        withFaults(behind(createBelgianCard({ person, photo: specimenPhoto(person.photo), authority, ...options }))),
        0,
        look,
      )
      if (typeof reading === 'string') return expect.fail(reading)
      const four = { identity: 'valid', address: 'valid', photo: 'valid', chain: 'trusted' }
      expect(reading.checks).toEqual(by === 'ec' ? { ...four, chip: 'valid' } : four)
      const said = reading.identity
      const { fields } = person
      expect([said.familyName, said.givenNames, said.birthDate?.value, said.nationalNumber, said.documentType]).toEqual(
        [fields.name, fields.givenNames, born, fields.nationalNumber, String(Number(fields.documentType))],
      )
      expect(reading.details).toMatchObject(
        Object.fromEntries(
          Object.entries(fields)
            .filter(([name]) => name !== 'version')
            .map(([name, text]) => [name, text.trim()]),
        ),
      )
      for (const [tag, value] of options?.moreFields ?? [])
        expect(reading.details?.[`tag ${tag.toString(16).toUpperCase()}`]).toBe(
          Buffer.from(value).toString('hex').toUpperCase(),
        )
      if (!asked) return
      const field = (name: string): string | undefined => theirs.get(`BELPIC_${name}`)
      expect({
        documentNumber: said.documentNumber,
        from: said.validFrom,
        until: said.validUntil,
        issuer: said.issuer,
        number: said.nationalNumber,
        name: said.familyName,
        given: said.givenNames,
        nationality: said.nationality,
        place: said.birthPlace,
        sex: said.sex,
        type: said.documentType,
        code: said.address?.postalCode,
        town: said.address?.municipality,
      }).toEqual({
        documentNumber: field('CARDNUMBER'),
        from: iso(field('VALIDFROM')),
        until: iso(field('VALIDTILL')),
        issuer: field('DELIVERINGMUNICIPALITY'),
        number: field('NATIONALNUMBER'),
        name: field('NAME'),
        given: field('FIRSTNAMES'),
        nationality: field('NATIONALITY'),
        place: field('BIRTHLOCATION'),
        sex: field('SEX'),
        type: String(Number(field('DOCUMENTTYPE'))),
        code: field('ZIPCODE'),
        town: field('MUNICIPALITY'),
      })
      // As it stands on the card; our own is what it means.
      expect(field('BIRTHDATE')).toBe(fields.birthDate)
    },
  )
})
