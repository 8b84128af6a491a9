import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readCard } from '#drivers/card/readCard.ts'
import { createAuthority, type Authority } from '#drivers/fake/belgian/authority.ts'
import { createBelgianCard } from '#drivers/fake/belgian/belgianCard.ts'
import { child, citizen, expired, foreigner, type Person } from '#drivers/fake/belgian/persons.ts'
import { withFaults } from '#drivers/fake/faultyCard.ts'
import { checks, identity, type Identity } from '#shared/domain/identity/identity.ts'
import { cardDay, channelTo, specimenPhoto, trustIn } from '#tests/builders/cards.ts'
import { plugCard } from '#tests/emulators/card/vpcd.ts'
import { openPcscd, type Pcscd } from '#tests/emulators/pcscd.ts'

const root = join(import.meta.dirname, '..', '..')
const run = promisify(execFile)

let pcscd: Pcscd
let rsa: Authority
let ec: Authority
let trustFolder: string
beforeAll(async () => {
  pcscd = await openPcscd()
  ;[rsa, ec] = await Promise.all([createAuthority('rsa', cardDay), createAuthority('ec', cardDay)])
  trustFolder = await mkdtemp(join(tmpdir(), 'trust-'))
  await writeFile(join(trustFolder, 'roots.pem'), trustIn(rsa, ec).roots.map(String).join(''))
})
afterAll(async () => {
  await pcscd.close()
  await rm(trustFolder, { recursive: true, force: true })
})

/** Exit code and JSON of `guichet …`, run as a program of its own. */
async function guichet(...words: readonly string[]): Promise<{ exit: number; json: unknown }> {
  const said = await run(process.execPath, [join(root, 'electron', 'cli', 'guichet.ts'), ...words, '--json'], {
    env: { ...process.env, ...pcscd.env },
  }).then(
    ({ stdout }) => ({ exit: 0, stdout }),
    (failed: { code: number; stdout: string }) => ({ exit: failed.code, stdout: failed.stdout }),
  )
  return { exit: said.exit, json: JSON.parse(said.stdout) }
}

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

/**
 * Puts a card in for as long as `look` takes. Returns what it saw and the number of commands that the card answered.
 */
async function withCard<T>(
  person: Person,
  authority: Authority,
  look: () => Promise<T>,
): Promise<{ seen: T; commands: number }> {
  const link = withFaults(createBelgianCard({ person, photo: specimenPhoto(person.photo), authority }))
  const card = await plugCard(link, pcscd.ports[0])
  // pcscd looks at its slots every 400 ms; a command that asks once has to come after that.
  await new Promise((resolve) => {
    setTimeout(resolve, 600)
  })
  const seen = await look()
  await card.pull()
  await new Promise((resolve) => {
    setTimeout(resolve, 600)
  })
  return { seen, commands: link.count() }
}

async function commandsUntilIdentity(person: Person, authority: Authority): Promise<number> {
  const link = withFaults(createBelgianCard({ person, photo: specimenPhoto(person.photo), authority }))
  let commands = 0
  await readCard(channelTo(link), {
    trust: trustIn(authority),
    simulated: true,
    clock: { now: () => cardDay, monotonic: () => 0 },
    onProgress: (progress) => {
      if (progress.state === 'identity') commands = progress.reading.exchange.apdus
    },
  })
  return commands
}

const iso = (day: string | undefined): string | undefined => day?.split('.').reverse().join('-')

describe('guichet card', () => {
  it('read by a kind that does not exist says which there are, before any reader is looked at', async () => {
    expect(await guichet('card', 'read', '--profile', 'be_eid')).toEqual({
      exit: 1,
      json: {
        fault: {
          code: 'call.invalid',
          detail: '--profile be_eid: one of be-eid, icao, ma-cnie',
          blame: 'program',
          retry: 'no',
        },
      },
    })
  })

  it('read prints who it is and what is authentic', async () => {
    const { seen } = await withCard(citizen(cardDay), ec, () => guichet('card', 'read', '--trust', trustFolder))
    const json = seen.json as Record<string, unknown> // parsed JSON, looked at below
    expect(seen.exit).toBe(0)
    expect(Object.keys(json)).toEqual(['profile', 'reader', 'identity', 'photo', 'checks', 'exchange', 'timings'])
    expect(identity.parse(json['identity'])).toMatchObject({
      familyName: 'Spécimen-Lefèbvre',
      validUntil: '2033-11-15',
      issuer: 'Liège',
    })
    expect(checks.parse(json['checks'])).toEqual({
      identity: 'valid',
      address: 'valid',
      photo: 'valid',
      chain: 'trusted',
      chip: 'valid',
    })
    expect(json['photo']).toMatchObject({ mime: 'image/jpeg', width: 140, height: 200 })
    expect(json['exchange']).toEqual({ apdus: 32, bytesOut: expect.any(Number), bytesIn: expect.any(Number) })
  })

  it('read does not trust a card by the root that it carries', async () => {
    const { seen } = await withCard(citizen(cardDay), ec, () => guichet('card', 'read'))
    expect(seen).toMatchObject({ exit: 0, json: { checks: { identity: 'valid', chain: 'untrusted' } } })
  })

  it('read --details tells every other field too', async () => {
    const { seen } = await withCard(foreigner(cardDay), ec, () =>
      guichet('card', 'read', '--trust', trustFolder, '--details'),
    )
    expect(seen.json).toMatchObject({
      details: {
        labourMention: '7',
        documentType: '15',
        nationalNumberKind: 'register',
        basicKeyHash: expect.stringMatching(/^[0-9A-F]{96}$/),
      },
    })
  })

  it('says what is missing', async () => {
    expect(await guichet('card', 'readers')).toEqual({
      exit: 0,
      json: { readers: pcscd.readers.map((reader) => ({ reader, simulated: false, card: false })) },
    })
    expect(await guichet('card', 'read')).toMatchObject({ exit: 1, json: { fault: { code: 'card.absent' } } })
    expect(await guichet('card', 'read', '--trust', join(trustFolder, 'none'))).toMatchObject({
      exit: 1,
      json: { fault: { code: 'file.unreadable' } },
    })
  })

  it('agrees with eidenv on every field, with one command less', async () => {
    // eidenv 0.23 stops at the structure version at the start of the file, so the foreigner's card has none here.
    const foreignerWithoutVersion: Person = { ...foreigner(cardDay), fields: { ...foreigner(cardDay).fields } }
    delete (foreignerWithoutVersion.fields as { version?: string }).version // the copy above is our own
    for (const [person, authority] of [
      [citizen(cardDay), rsa],
      [expired(cardDay), ec],
      [child(cardDay), rsa],
      [foreignerWithoutVersion, ec],
    ] as const) {
      const theirs = await withCard(person, authority, eidenv)
      const ours = await withCard(person, authority, () => guichet('card', 'read', '--trust', trustFolder))
      const { identity: said } = ours.seen.json as { identity: Identity } // parsed JSON, compared below
      const field = (name: string): string | undefined => theirs.seen.get(`BELPIC_${name}`)
      expect({
        documentNumber: said.documentNumber,
        validFrom: said.validFrom,
        validUntil: said.validUntil,
        issuer: said.issuer,
        nationalNumber: said.nationalNumber,
        familyName: said.familyName,
        givenNames: said.givenNames,
        nationality: said.nationality,
        birthPlace: said.birthPlace,
        sex: said.sex,
        documentType: said.documentType,
        postalCode: said.address?.postalCode,
        municipality: said.address?.municipality,
      }).toEqual({
        documentNumber: field('CARDNUMBER'),
        validFrom: iso(field('VALIDFROM')),
        validUntil: iso(field('VALIDTILL')),
        issuer: field('DELIVERINGMUNICIPALITY'),
        nationalNumber: field('NATIONALNUMBER'),
        familyName: field('NAME'),
        givenNames: field('FIRSTNAMES'),
        nationality: field('NATIONALITY'),
        birthPlace: field('BIRTHLOCATION'),
        sex: field('SEX'),
        documentType: String(Number(field('DOCUMENTTYPE'))),
        postalCode: field('ZIPCODE'),
        municipality: field('MUNICIPALITY'),
      })
      // eidenv prints the birth date as it stands on the card, and an empty street on 64-bit systems.
      expect(field('BIRTHDATE')).toBe(person.fields.birthDate)
      expect(said.address?.street).toBe(person.address?.street)
      // It asks for the card's data first; otherwise it reads as few blocks as possible.
      expect(await commandsUntilIdentity(person, authority)).toBe(theirs.commands - 1)
    }
  })
})
