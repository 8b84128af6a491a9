import type { CardSignature, SignState } from '#shared/domain/identity/cardSignature.ts'
import { faultOf, type Fault } from '#shared/fault.ts'
import type { CardChannel } from '#shared/ports/cardChannel.ts'
import type { CardSigner, SignOrder } from '#shared/ports/cardSigner.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { Pinpad } from './pinpad.ts'
import type { ProfileSigner } from './profile.ts'
import { profilesFor } from './profiles.ts'
import { mayBeginAgain, type CardTransport, type Connection } from './transport.ts'
import type { Trust } from './trust.ts'

export interface SigningOptions {
  readonly transport: Pick<CardTransport, 'connect'>
  readonly trust: () => Promise<Trust>
  readonly simulated: (reader: string) => boolean
  /** The reader that is meant, once no reading goes on in it any more. */
  readonly readerFor: (reader: string | undefined) => Promise<Result<string>>
  /** Hears what a profile threw, and gives the fault that it is. */
  readonly crashed: (cause: unknown) => Fault
}

/**
 * Signs with the card in a reader. Nothing of a PIN is kept: it is overwritten whatever came of it. What a profile throws
 * costs one question, and is a fault like any other.
 */
export function createSigner({ transport, trust, simulated, readerFor, crashed }: SigningOptions): CardSigner {
  const withSigner = async <T>(
    reader: string,
    ask: (signer: ProfileSigner, connection: Connection, profile: string) => Promise<Result<T>>,
  ): Promise<Result<T>> => {
    let connection: Result<Connection> | undefined
    try {
      connection = await transport.connect(reader)
      if (!connection.ok) return connection
      const found = await signerOf(connection.value)
      return found.ok ? await ask(found.value.signer, connection.value, found.value.name) : found
    } catch (cause) {
      return err(crashed(cause))
    } finally {
      if (connection?.ok === true) await connection.value.close().catch(crashed)
    }
  }
  const once = (reader: string, order: SignOrder, onPin: () => void): Promise<Result<CardSignature>> =>
    withSigner(reader, async (signer, connection, profile) => {
      const roots = await trust()
      if (order.signal?.aborted === true) return err(faultOf('call.cancelled'))
      const pinpad = await pinpadOf(connection, order)
      const signed = await signer.sign(connection, { order, trust: roots, pinpad, onPin })
      return signed.ok ? ok({ profile, reader, simulated: simulated(reader), key: order.key, ...signed.value }) : signed
    })
  return {
    signState: async ({ reader: asked }) => {
      const reader = await readerFor(asked)
      if (!reader.ok) return reader
      return withSigner(reader.value, async (signer, connection): Promise<Result<SignState>> => {
        const state = await signer.state(connection)
        return state.ok
          ? ok({
              reader: reader.value,
              simulated: simulated(reader.value),
              pinpad: (await connection.pinpad?.()) !== undefined,
              ...state.value,
            })
          : state
      })
    },
    sign: async (order) => {
      const reader = await readerFor(order.reader)
      let asked = false
      const attempt = (one: string): Promise<Result<CardSignature>> =>
        once(one, order, () => {
          asked = true
        })
      try {
        if (!reader.ok) return reader
        const first = await attempt(reader.value)
        // Not once a try of the PIN may have been used.
        return !first.ok && mayBeginAgain(first.fault) && !asked ? await attempt(reader.value) : first
      } finally {
        order.pin?.fill(0)
      }
    },
  }
}

/** A typed PIN goes before the keys of the reader: some readers say that they have keys and have none. */
const pinpadOf = (connection: Connection, { pin }: SignOrder): Promise<Pinpad | undefined> =>
  pin === undefined && connection.pinpad !== undefined ? connection.pinpad() : Promise.resolve(undefined)

async function signerOf(channel: CardChannel): Promise<Result<{ signer: ProfileSigner; name: string }>> {
  for (const { signer, recognise, name } of profilesFor(channel.atr)) {
    if (signer === undefined) continue
    const known = await recognise(channel)
    if (!known.ok) return known
    if (known.value !== undefined) return ok({ signer, name })
  }
  return err(faultOf('card.cannotSign', 'profile'))
}
