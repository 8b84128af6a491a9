import { X509Certificate } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import type { SignKey, SignScheme } from '#shared/domain/identity/cardSignature.ts'
import { isSignedBy } from '#electron/worker/seal/citizenSignature.ts'
import { createAuthority, type Authority } from '#drivers/fake/belgian/authority.ts'
import { createBelgianCard, type BelgianCardOptions } from '#drivers/fake/belgian/belgianCard.ts'
import { child, citizen } from '#drivers/fake/belgian/persons.ts'
import { withFaults, type CardFaults, type CardLink } from '#drivers/fake/faultyCard.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
import { cardDay, channelTo, specimenPhoto, trustIn } from '#tests/builders/cards.ts'
import { featuresSaid, keypad } from '#tests/builders/keypad.ts'
import { findPinpad, type Pinpad } from '../../pinpad.ts'
import { beEidSigner } from './sign.ts'

let rsa: Authority
let ec: Authority
let rekeyed: Authority
beforeAll(async () => {
  ;[rsa, ec, rekeyed] = await Promise.all([
    createAuthority('rsa', cardDay),
    createAuthority('ec', cardDay),
    createAuthority('ec', cardDay, 'rsa'),
  ])
})

const data = new TextEncoder().encode('what is signed')
const digits = (pin: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(pin)
const cardOf = (more: Partial<BelgianCardOptions> & CardFaults = {}): CardLink =>
  withFaults(
    createBelgianCard({ person: citizen(cardDay), photo: specimenPhoto('citizen'), authority: ec, ...more }),
    more,
  )

interface Order {
  readonly key?: SignKey
  readonly scheme?: SignScheme
  readonly pin?: string
  readonly pinpad?: Pinpad
}
function sign(
  link: CardLink,
  { key = 'signature', scheme, pin, pinpad }: Order = {},
): ReturnType<typeof beEidSigner.sign> {
  const order = { key, data, ...(scheme !== undefined && { scheme }), ...(pin !== undefined && { pin: digits(pin) }) }
  return beEidSigner.sign(channelTo(link), { order, trust: trustIn(rsa, ec, rekeyed), pinpad, onPin: () => undefined })
}

describe('a signature by the holder of a Belgian card', () => {
  it('is made by every applet, under either key, and verifies with the certificate of that key', async () => {
    const cards = [
      [{ authority: rsa, generation: '1.0' }, 'rsa-pkcs1-sha256'],
      [{ authority: rsa, generation: '1.1' }, 'rsa-pkcs1-sha256'],
      [{ authority: rsa }, 'rsa-pkcs1-sha256'],
      [{ authority: rekeyed }, 'rsa-pkcs1-sha256'],
      [{ authority: ec }, 'ecdsa-sha384'],
    ] as const
    for (const [options, scheme] of cards) {
      for (const key of ['signature', 'authentication'] as const) {
        const signed = await sign(cardOf(options), { key, pin: '1234' })
        if (!signed.ok) throw new Error(`${signed.fault.code} ${signed.fault.detail ?? ''}`)
        expect(signed.value).toMatchObject({ scheme, chain: 'trusted' })
        const certificate = new X509Certificate(signed.value.certificate)
        expect(certificate.subject).toContain(key === 'signature' ? '(Signature)' : '(Authentication)')
        expect(isSignedBy(certificate.publicKey, scheme, data, signed.value.signature)).toBe(true)
        expect(isSignedBy(certificate.publicKey, scheme, digits('something else'), signed.value.signature)).toBe(false)
      }
    }
  })

  it('is made under each scheme that the applet has, and under no other', async () => {
    for (const scheme of ['rsa-pkcs1-sha1', 'rsa-pkcs1-sha256', 'rsa-pss-sha1', 'rsa-pss-sha256'] as const) {
      expect(await sign(cardOf({ authority: rsa }), { scheme, pin: '1234' })).toMatchObject({
        ok: true,
        value: { scheme },
      })
    }
    for (const scheme of ['ecdsa-sha256', 'ecdsa-sha384', 'ecdsa-sha512'] as const) {
      expect(await sign(cardOf(), { scheme, pin: '1234' })).toMatchObject({ ok: true, value: { scheme } })
    }
    const none = { ok: false, fault: { code: 'card.cannotSign' } }
    expect(await sign(cardOf(), { scheme: 'rsa-pkcs1-sha256', pin: '1234' })).toMatchObject(none)
    expect(
      await sign(cardOf({ authority: rsa, generation: '1.1' }), { scheme: 'rsa-pss-sha256', pin: '1234' }),
    ).toMatchObject(none)
  })

  it('is not made by a card without certificates', async () => {
    for (const authority of [rsa, ec]) {
      expect(await sign(cardOf({ person: child(cardDay), authority }), { pin: '1234' })).toMatchObject({
        ok: false,
        fault: { code: 'card.cannotSign' },
      })
    }
  })

  it('counts the tries that are left, and says when there is none', async () => {
    const link = cardOf({ authority: rsa })
    expect(await sign(link, { pin: '9999' })).toEqual(err(faultOf('card.pinWrong', undefined, { tries: 2 })))
    expect(await sign(link, { pin: '12345' })).toEqual(err(faultOf('card.pinWrong', undefined, { tries: 1 })))
    expect(await sign(link, { pin: '1234' })).toMatchObject({ ok: true })
    for (const tries of [2, 1])
      expect(await sign(link, { pin: '0000' })).toMatchObject({ fault: { values: { tries } } })
    for (const pin of ['0000', '1234'])
      expect(await sign(link, { pin })).toMatchObject({ ok: false, fault: { code: 'card.pinBlocked' } })
    expect(await beEidSigner.state(channelTo(link))).toEqual(ok({}))
    const newest = cardOf()
    await sign(newest, { pin: '0000' })
    expect(await beEidSigner.state(channelTo(newest))).toEqual(ok({ tries: 2 }))
  })

  it('takes a PIN of up to twelve digits, and none without one', async () => {
    expect(await sign(cardOf({ pin: '123456789012' }), { pin: '123456789012' })).toMatchObject({ ok: true })
    expect(await sign(cardOf({ pin: '12345' }), { pin: '12345' })).toMatchObject({ ok: true })
    expect(await sign(cardOf())).toEqual(err(faultOf('card.pinNeeded')))
  })

  it('leaves the card without a verified PIN', async () => {
    const link = cardOf()
    await sign(link, { key: 'authentication', pin: '1234' })
    const again = await link.transmit(Uint8Array.of(0x00, 0x2a, 0x9e, 0x9a, 48, ...new Uint8Array(48)))
    expect(Buffer.from(again as Uint8Array).toString('hex')).toBe('6982') // a card that answers does so in bytes
  })

  it('pulled or mute at any command, it is a fault of its own', async () => {
    const whole = cardOf()
    await sign(whole, { pin: '1234' })
    expect(whole.count()).toBeGreaterThan(12)
    for (let index = 0; index < whole.count() - 1; index += 1) {
      for (const [faults, code] of [
        [{ removedAt: index }, 'card.removed'],
        [{ muteAt: index }, 'card.mute'],
      ] as const) {
        expect(await sign(cardOf(faults), { pin: '1234' })).toMatchObject({ ok: false, fault: { code } })
      }
    }
  })
})

describe('a reader with keys of its own', () => {
  it('asks for the PIN itself: the program never sees it', async () => {
    const link = cardOf()
    const sent: Uint8Array[] = []
    const pinpad = await keypad(channelTo(link), '1234', sent)
    if (pinpad === undefined) throw new Error('no keys found')
    expect(await sign(link, { pinpad })).toMatchObject({ ok: true })
    // PC/SC part 10 §2.5.2: 30 s twice, BCD after one byte, 4 bits of length in 7 bytes of PIN, 12 to 4 digits,
    // confirmed by a key.
    expect(sent.map((one) => Buffer.from(one).toString('hex'))).toEqual([
      '1e1e8947040c0402010904000000000d000000' + '002000010820ffffffffffffff',
    ])
  })

  it('says what the reader says', async () => {
    for (const [pressed, code] of [
      ['late', 'card.pinCancelled'],
      ['cancelled', 'card.pinCancelled'],
      ['0000', 'card.pinWrong'],
    ] as const) {
      const link = cardOf()
      const pinpad = await keypad(channelTo(link), pressed)
      expect(await sign(link, pinpad === undefined ? {} : { pinpad })).toMatchObject({ ok: false, fault: { code } })
    }
  })

  it('is not found where there is none', async () => {
    for (const said of ['', '0A0442330014', '060342330014', '06044233'])
      expect(await featuresSaid(said)).toBeUndefined()
    expect(await findPinpad(() => Promise.resolve(err(faultOf('card.mute'))), 1)).toBeUndefined()
  })
})
