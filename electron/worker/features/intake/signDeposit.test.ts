import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { createAuthority, type Authority } from '#drivers/fake/belgian/authority.ts'
import { createBelgianCard } from '#drivers/fake/belgian/belgianCard.ts'
import { citizen as person } from '#drivers/fake/belgian/persons.ts'
import { withFaults } from '#drivers/fake/faultyCard.ts'
import { openSimulatedTransport } from '#drivers/fake/simulatedTransport.ts'
import { createCardSource } from '#drivers/card/source.ts'
import { requestDeposited } from '#shared/contract/features/intake/acts.ts'
import { command } from '#shared/contract/platform.ts'
import type { IdentityView } from '#shared/contract/features/intake/calls.ts'
import type { CitizenSignature } from '#shared/domain/identity/citizenSignature.ts'
import { faultOf } from '#shared/fault.ts'
import type { IdentityId } from '#shared/ids.ts'
import { err } from '#shared/result.ts'
import { checkSignature } from '#electron/cli/receiptSignature.ts'
import { cardDay, specimenPhoto, trustIn } from '#tests/builders/cards.ts'
import { aCitizen, aDraft, anOrder } from '#tests/builders/deposits.ts'
import { issuingForEach } from '#tests/builders/issuingForEach.ts'
import { valueOf } from '#tests/builders/register.ts'
import { verifyCitizenSignature } from '../../seal/citizenSignature.ts'
import type { Store } from '../../store/open.ts'
import { readFacts } from '../../papers/rows/papers.ts'
import { findSignature } from '../../core/rows/requests.ts'
import { factsDigest } from '../../seal/seal.ts'
import { issueReceipt } from './issueReceipt.ts'
import type { Issuing } from '../../core/deposit/issuing.ts'
import { signDeposit } from './signDeposit.ts'

let authority: Authority
beforeAll(async () => {
  authority = await createAuthority('ec', cardDay)
})

let store: Store
let issuing: Issuing
issuingForEach((own) => {
  ;({ store, issuing } = own)
})

const checks = { identity: 'valid', address: 'valid', photo: 'valid', chain: 'trusted' } as const
/** The citizen as read from the card in the reader. */
const present = (nationalNumber = person(cardDay).fields.nationalNumber ?? ''): IdentityView => {
  const typed = aCitizen()
  return {
    ...typed,
    identity: { ...typed.identity, nationalNumber },
    source: { kind: 'card', profile: 'be-eid', reader: 'hand', checks, simulated: true },
    checks,
  }
}

/** Lets the citizen at the desk sign a draft; what the desk kept comes back with what the call said. */
async function sign(citizen: IdentityView, draft = aDraft(), digits = '1234', atDesk = citizen.identityId) {
  const transport = openSimulatedTransport('hand')
  const cards = createCardSource({
    transport,
    trust: () => Promise.resolve(trustIn(authority)),
    simulated: () => true,
    clock: { now: () => cardDay, monotonic: () => 0 },
  })
  transport.put(withFaults(createBelgianCard({ person: person(cardDay), photo: specimenPhoto('citizen'), authority })))
  let kept: CitizenSignature | undefined
  const pin = new TextEncoder().encode(digits)
  const { who, training } = anOrder()
  const keepSignature = (of: IdentityId, one: CitizenSignature): boolean => {
    if (of === atDesk) kept = one
    return of === atDesk
  }
  const said = await signDeposit(
    issuing.context,
    cards,
    { keepSignature },
    { citizen, draft, who, training, pin, signal: new AbortController().signal },
  )
  await cards.close()
  expect([...pin]).toEqual(digits.split('').map(() => 0))
  return { said, kept }
}

describe('a deposit that the citizen signs', () => {
  it('carries the signature into the register, the act and the file that anybody can check', async () => {
    const citizen = present()
    const { said, kept } = await sign(citizen)
    expect(said).toMatchObject({ ok: true, value: { statement: kept?.statement, chain: 'trusted' } })
    if (kept === undefined) throw new Error('nothing kept')
    const deposit = valueOf(
      issueReceipt(issuing, anOrder({ citizen, signed: { statement: kept.statement, signature: kept } })),
    )
    expect(deposit.signed).toBe('trusted')
    const envelope = command.parse(
      JSON.parse(store.db.get<{ envelope: string }>('SELECT envelope FROM envelopes')?.envelope ?? ''),
    )
    const sent = requestDeposited.parse(envelope.data).citizenSignature
    expect(sent).toEqual(kept)
    expect(sent && verifyCitizenSignature(sent)).toMatchObject({ number: citizen.identity.nationalNumber })
    expect(
      sent &&
        verifyCitizenSignature({
          ...sent,
          statement: factsDigest(valueOf(readFacts(store.db, 'receipt', deposit.receiptId)).facts),
        }),
    ).toBeUndefined()

    const found = findSignature(store.db, deposit.number)
    const dir = mkdtempSync(join(tmpdir(), 'signed-'))
    const file = join(dir, 'signature.json')
    const check = (content: unknown) => {
      writeFileSync(file, JSON.stringify(content))
      // Of the context only its options are looked at; of the claims only the digest of the facts.
      return checkSignature(
        { options: { signature: file } } as never,
        { facts: found === undefined ? '' : factsDigest(found.facts) } as never,
      )
    }
    expect(await check(found)).toMatchObject({
      ok: true,
      value: { signer: expect.stringContaining('Spécimen'), scheme: 'ecdsa-sha384', chain: 'trusted' },
    })
    expect(await check({ ...found, facts: { ...found?.facts, complete: false } })).toMatchObject({
      ok: false,
      fault: { code: 'seal.malformed' },
    })
    const other = (await sign(present(), aDraft({ pieces: [] }))).kept
    expect(await check({ ...found, signature: { ...found?.signature, signature: other?.signature } })).toMatchObject({
      ok: false,
      fault: { code: 'seal.badSignature' },
    })
    rmSync(dir, { recursive: true })
  })

  it('is refused when it is not what was signed, and goes without when nothing is named', async () => {
    const citizen = present()
    const { kept } = await sign(citizen)
    if (kept === undefined) throw new Error('nothing kept')
    const changed = anOrder({
      citizen,
      draft: aDraft({ pieces: [] }),
      signed: { statement: kept.statement, signature: kept },
    })
    expect(issueReceipt(issuing, changed)).toEqual(err(faultOf('signature.outdated')))
    expect(
      issueReceipt(issuing, anOrder({ citizen, signed: { statement: kept.statement, signature: undefined } })),
    ).toEqual(err(faultOf('signature.outdated')))
    expect(valueOf(issueReceipt(issuing, anOrder({ citizen }))).signed).toBeUndefined()
  })

  it('is not signed by the card of somebody else, by a wrong PIN, or where nobody was read from a card', async () => {
    expect((await sign(present('00010100105'))).said).toEqual(err(faultOf('signature.otherPerson')))
    expect((await sign(present(), aDraft(), '0000')).said).toMatchObject({
      ok: false,
      fault: { code: 'card.pinWrong', values: { tries: 2 } },
    })
    expect(
      (await sign(present(), aDraft(), '1234', '0190a000-0000-7000-8000-00000000000f' as IdentityId)).said,
    ).toEqual(err(faultOf('identity.gone')))
    const typed = await sign(aCitizen())
    expect([typed.said, typed.kept]).toEqual([err(faultOf('card.cannotSign', 'identity')), undefined])
  })
})
