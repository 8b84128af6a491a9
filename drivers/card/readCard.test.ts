import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { createApplet, createOtherCard, type VirtualCard } from '#drivers/fake/belgian/applet.ts'
import { createAuthority, type Authority } from '#drivers/fake/belgian/authority.ts'
import { createBelgianCard, type BelgianCardOptions } from '#drivers/fake/belgian/belgianCard.ts'
import { fileId, writeCardFiles } from '#drivers/fake/belgian/cardFiles.ts'
import { child, citizen, foreigner, type Person } from '#drivers/fake/belgian/persons.ts'
import { withFaults, type CardLink } from '#drivers/fake/faultyCard.ts'
import { cardReading, type CardReading } from '#shared/contract/cardEvents.ts'
import type { Result } from '#shared/result.ts'
import { cardDay, channelTo, specimenPhoto, trustIn } from '#tests/builders/cards.ts'
import { readCard, type ReadOptions } from './readCard.ts'
import type { Trust } from './trust.ts'

let rsa: Authority
let ec: Authority
let rekeyed: Authority
let impostor: Authority
beforeAll(async () => {
  ;[rsa, ec, rekeyed, impostor] = await Promise.all([
    createAuthority('rsa', cardDay),
    createAuthority('ec', cardDay),
    createAuthority('ec', cardDay, 'rsa'),
    createAuthority('ec', cardDay),
  ])
})

const fourValid = { identity: 'valid', address: 'valid', photo: 'valid', chain: 'trusted' }
/** On cards of applet 1.8 the chip proves itself too. */
const allValid = { ...fourValid, chip: 'valid' }
const validOn = (authority: Authority): typeof fourValid => (authority.holderKeys.kind === 'ec' ? allValid : fourValid)

function linkOf(person: Person, more: Partial<BelgianCardOptions> = {}): CardLink {
  return withFaults(createBelgianCard({ person, photo: specimenPhoto(person.photo), authority: ec, ...more }))
}

function read(link: CardLink, more: Partial<ReadOptions> = {}): Promise<Result<CardReading>> {
  let now = 0
  return readCard(channelTo(link), {
    trust: trustIn(rsa, ec, rekeyed),
    simulated: true,
    clock: { now: () => cardDay, monotonic: () => (now += 1) },
    ...more,
  })
}

async function checksOf(link: CardLink, trust?: Trust): Promise<unknown> {
  const reading = await read(link, trust === undefined ? {} : { trust })
  return reading.ok ? reading.value.checks : reading.fault
}

describe('a Belgian card', () => {
  it('of either generation is read whole and proved', async () => {
    for (const authority of [rsa, ec]) {
      const reading = await read(linkOf(citizen(cardDay), { authority }))
      if (!reading.ok) throw new Error(reading.fault.code)
      expect(cardReading.safeParse(reading.value).success).toBe(true)
      expect(reading.value).toMatchObject({
        profile: 'be-eid',
        simulated: true,
        signs: true,
        checks: validOn(authority),
        photo: { mime: 'image/jpeg', width: 140, height: 200 },
      })
      expect(reading.value.identity).toMatchObject({
        familyName: 'Spécimen-Lefèbvre',
        givenNames: 'Anaïs Zoë',
        birthDate: { value: '1984-06-06', precision: 'day' },
        documentType: '1',
        address: { street: 'Rue de l’Épée 12 bte 3', postalCode: '4000', municipality: 'Liège' },
      })
    }
  })

  it('of a foreigner keeps a birth date of a year only', async () => {
    const reading = await read(linkOf(foreigner(cardDay)))
    expect(reading.ok && reading.value.identity.birthDate).toEqual({ value: '1971', precision: 'year' })
    expect(reading.ok && reading.value.checks).toEqual(allValid)
  })

  it('of a child has no certificates and is proved all the same', async () => {
    const reading = await read(linkOf(child(cardDay), { authority: rsa }))
    expect(reading.ok && reading.value.identity).toMatchObject({
      familyName: 'Specimen Müller',
      birthDate: { value: '2019-03-09' },
      documentType: '6',
    })
    expect(reading.ok && reading.value.checks).toEqual(fourValid)
  })

  it('of the SHA-1 time, signed again later, or re-keyed is proved by what its register certificate says', async () => {
    expect(
      await checksOf(linkOf(citizen(cardDay), { authority: rsa, photoHash: 'sha1', signatureHash: 'sha1' })),
    ).toEqual(fourValid)
    expect(
      await checksOf(linkOf(citizen(cardDay), { authority: rsa, photoHash: 'sha1', signatureHash: 'sha256' })),
    ).toEqual(fourValid)
    expect(await checksOf(linkOf(citizen(cardDay), { authority: rekeyed, photoHash: 'sha1' }))).toEqual(fourValid)
    expect(await checksOf(linkOf(citizen(cardDay), { authority: rekeyed, photoHash: 'sha256' }))).toEqual(fourValid)
    // A card that announces SHA-256 may not be signed with SHA-1.
    expect(await checksOf(linkOf(citizen(cardDay), { authority: rsa, signatureHash: 'sha1' }))).toMatchObject({
      identity: 'invalid',
    })
  })

  it('takes no more commands than the files need', async () => {
    const counts: number[] = []
    for (const authority of [rsa, ec]) {
      const reading = await read(linkOf(citizen(cardDay), { authority }), {
        onProgress: (progress) => {
          if (progress.state === 'identity') counts.push(progress.reading.exchange.apdus)
        },
      })
      if (reading.ok) counts.push(reading.value.exchange.apdus)
    }
    // Identity and address: two selections, one block with its 6Cxx each; the identity of applet 1.8 has a block more.
    // All: the
    // photo in 11 blocks and a 6Cxx more, the certificate by its own length, the signatures by the key's, the chip in
    // four.
    expect(counts).toEqual([6, 27, 7, 32])
  })

  it('that gives no more than 100 bytes, and calls that the end, is read whole', async () => {
    for (const authority of [rsa, ec]) {
      const card = createBelgianCard({ person: citizen(cardDay), photo: specimenPhoto('citizen'), authority })
      const capped: VirtualCard = {
        ...card,
        answer: (command) => {
          const le = command[4] === 0 ? 256 : (command[4] ?? 0)
          const answer = card.answer(command)
          const short = command[1] === 0xb0 && le > 100 && answer.at(-2) !== 0x6b
          const left = answer.at(-2) === 0x6c ? (answer.at(-1) ?? 0) : 256
          return short ? Uint8Array.of(0x6c, Math.min(left, 100)) : answer
        },
      }
      const reading = await read(withFaults(capped))
      expect(reading).toMatchObject({ ok: true, value: { checks: validOn(authority), photo: { width: 140 } } })
    }
  })

  it('whose photo is cut short by one doubtful answer shows all of it', async () => {
    for (const status of [0x6b00, 0x6986, 0x9000])
      for (const index of [9, 14, 18]) {
        const answer = (): Uint8Array => Uint8Array.of(status >> 8, status & 0xff)
        const card = createBelgianCard({ person: citizen(cardDay), photo: specimenPhoto('citizen'), authority: ec })
        expect(await read(withFaults(card, { answerAt: { index, answer } }))).toMatchObject({
          ok: true,
          value: { checks: allValid, photo: { width: 140, height: 200 } },
        })
      }
  })

  it('shows identity before the photo and the photo before the proof', async () => {
    const states: string[] = []
    await read(linkOf(citizen(cardDay)), {
      onProgress: (progress) => {
        states.push(progress.state === 'reading' ? progress.step : `${progress.state}!`)
      },
    })
    expect(states).toEqual([
      'identity',
      'identity',
      'identity!',
      'photo',
      'photo!',
      'proof',
      'proof',
      'proof',
      'proof',
      'proof',
      'proof',
    ])
  })

  it('may have no address', async () => {
    const reading = await read(linkOf({ ...citizen(cardDay), address: undefined }))
    expect(reading.ok && reading.value.identity.address).toBeUndefined()
    expect(reading.ok && reading.value.checks.identity).toBe('valid')
  })

  it('may have names of any length', async () => {
    const long = 'Ó'.repeat(200)
    const person = citizen(cardDay)
    const reading = await read(linkOf({ ...person, fields: { ...person.fields, name: long } }))
    expect(reading.ok && reading.value.identity.familyName).toBe(long)
  })
})

describe('what is not authentic shows in its own verdict and nowhere else', () => {
  it('identity, address, photo', async () => {
    for (const authority of [rsa, ec]) {
      for (const part of ['identity', 'address', 'photo'] as const) {
        expect(await checksOf(linkOf(citizen(cardDay), { authority, tamper: [part] }))).toEqual({
          ...validOn(authority),
          [part]: 'invalid',
        })
      }
    }
  })

  it('a chip that has not the key of the card: a copy', async () => {
    expect(await checksOf(linkOf(citizen(cardDay), { tamper: ['copy'] }))).toEqual({ ...allValid, chip: 'invalid' })
    const genuine = await read(linkOf(citizen(cardDay)))
    expect(genuine.ok && genuine.value.chipKey).toMatch(/^[0-9a-f]{64}$/)
  })

  it('a root that is not pinned', async () => {
    expect(await checksOf(linkOf(citizen(cardDay), { authority: impostor }))).toEqual({
      ...allValid,
      chain: 'untrusted',
    })
    expect(await checksOf(linkOf(citizen(cardDay)), { roots: [], pins: new Set() })).toEqual({
      ...allValid,
      chain: 'untrusted',
    })
  })

  it('a root that the card carries counts when its fingerprint is pinned', async () => {
    const pin = trustIn(ec).roots[0]?.fingerprint256.replaceAll(':', '').toLowerCase() ?? ''
    const trust: Trust = { roots: [], pins: new Set([pin]) }
    expect(await checksOf(linkOf(citizen(cardDay)), trust)).toEqual(allValid)
    expect(await checksOf(linkOf(citizen(cardDay), { authority: impostor }), trust)).toEqual({
      ...allValid,
      chain: 'untrusted',
    })
  })

  it('evidence that stops short proves nothing, and the identity stays', async () => {
    const short = (shortFile: NonNullable<BelgianCardOptions['shortFile']>): Promise<unknown> =>
      checksOf(linkOf(citizen(cardDay), { authority: rsa, shortFile }))
    expect(await short('photo')).toEqual({ ...fourValid, photo: 'invalid' })
    expect(await short('identitySignature')).toEqual({ ...fourValid, identity: 'notChecked', address: 'notChecked' })
    expect(await short('addressSignature')).toEqual({ ...fourValid, address: 'notChecked' })
    expect(await short('register')).toEqual({
      identity: 'notChecked',
      address: 'notChecked',
      photo: 'valid',
      chain: 'notChecked',
    })
  })
})

describe('what goes wrong', () => {
  it('an identity or an address that stops short is malformed', async () => {
    for (const authority of [rsa, ec]) {
      for (const shortFile of ['identity', 'address'] as const) {
        expect(await read(linkOf(citizen(cardDay), { authority, shortFile }))).toMatchObject({
          ok: false,
          fault: { code: 'card.malformed' },
        })
      }
    }
  })

  it('a card of another kind is not supported', async () => {
    expect(await read(withFaults(createOtherCard()))).toMatchObject({ ok: false, fault: { code: 'card.unsupported' } })
  })

  it('a card pulled at any command is a card that was removed, one that falls silent is mute', async () => {
    for (let index = 0; index < 27; index += 1) {
      for (const [faults, code] of [
        [{ removedAt: index }, 'card.removed'],
        [{ muteAt: index }, 'card.mute'],
      ] as const) {
        const person = citizen(cardDay)
        const link = withFaults(
          createBelgianCard({ person, photo: specimenPhoto(person.photo), authority: ec }),
          faults,
        )
        expect(await read(link)).toMatchObject({ ok: false, fault: { code } })
        expect(link.count()).toBe(index + 1)
      }
    }
  })

  it('whatever the files hold, the answer is a reading that fits the contract or a fault', async () => {
    const noise = fc.dictionary(fc.constantFrom(...Object.keys(fileId)), fc.uint8Array({ maxLength: 700 }))
    await fc.assert(
      fc.asyncProperty(noise, async (contents) => {
        const files = writeCardFiles(citizen(cardDay), specimenPhoto('citizen'), ec, {
          tamper: new Set(),
          photoHash: undefined,
          signatureHash: undefined,
        })
        // drawn from the keys
        for (const [name, bytes] of Object.entries(contents)) files.set(fileId[name as keyof typeof fileId], bytes)
        const reading = await read(withFaults(createApplet({ generation: '1.8', files, serial: new Uint8Array(16) })))
        expect(
          reading.ok ? cardReading.safeParse(reading.value).success : reading.fault.code === 'card.malformed',
        ).toBe(true)
      }),
    )
  })

  it('a cancelled reading stops before the next command', async () => {
    const controller = new AbortController()
    const link = linkOf(citizen(cardDay))
    const reading = await read(link, {
      signal: controller.signal,
      onProgress: (progress) => {
        if (progress.state === 'identity') controller.abort()
      },
    })
    expect(reading).toMatchObject({ ok: false, fault: { code: 'call.cancelled' } })
    expect(link.count()).toBe(7)
  })
})
