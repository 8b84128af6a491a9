import { z } from 'zod'
import { assertionType, platformPaths, tokenAnswer } from '#shared/contract/platform.ts'
import { faultOf } from '#shared/fault.ts'
import type { Clock } from '#shared/ports/clock.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { Signer } from './auth.ts'
import { parseAnswer, refusal } from './answers.ts'
import type { PlatformAnswer, Proof } from './ports.ts'

/** A token is renewed so long before its end, in milliseconds: an exchange that began with it may take a while. */
const renewBefore = 60_000

/** An answer as far as access is concerned, whatever carried it. */
export interface AccessAnswer {
  readonly status: number
  readonly header: (name: string) => string | null | undefined
}

/** One bare exchange; the outcome is unknown when it fails. */
export type Exchange = (
  asked: { method: 'POST'; url: string; headers: Readonly<Record<string, string>>; body: string },
  signal: AbortSignal,
) => Promise<Result<{ answer: PlatformAnswer; heard: AccessAnswer }>>

/** The platform's trust in this counter: its token, its nonces, and the proofs of each request. */
export interface Access {
  /** The headers that prove who asks this one request. Faults: those of the link, device.*, platform.unauthorised. */
  headers(
    request: { method: string; url: string; proof: Proof },
    signal: AbortSignal,
  ): Promise<Result<Readonly<Record<string, string>>>>
  /** Takes in what an answer says of nonce and token; true when the same request is worth asking again at once. */
  heard(answer: AccessAnswer): boolean
  /** Platform time minus ours, in milliseconds, so that assertions hold on a desk whose clock is wrong. */
  setSkew(ms: number): void
}

/** At the token endpoint a nonce is asked for by an error in the body (RFC 9449 §8). */
const nonceNeeded = z.looseObject({ error: z.literal('use_dpop_nonce') })

interface Options {
  /** Without a slash at its end. */
  readonly baseUrl: string
  readonly signer: Signer
  readonly clock: Clock
  readonly exchange: Exchange
}

/** Asks for a token when there is none, and renews it before it ends; requests at once share one question. */
export function createAccess({ baseUrl, signer, clock, exchange }: Options): Access {
  const tokenUrl = baseUrl + platformPaths.token
  let nonce: string | undefined
  let token: { readonly text: string; readonly until: number } | undefined
  let asking: Promise<Result<string>> | undefined
  let skew = 0
  const platformTime = (): Date => new Date(clock.now().getTime() + skew)

  const heard: Access['heard'] = ({ status, header }) => {
    nonce = header('dpop-nonce') ?? nonce
    if (status !== 401) return false
    const challenge = header('www-authenticate') ?? ''
    const ended = challenge.includes('error="invalid_token"')
    if (ended) token = undefined
    return ended || challenge.includes('error="use_dpop_nonce"')
  }
  const grantOnce = async (signal: AbortSignal): Promise<Result<{ answer: PlatformAnswer; again: boolean }>> => {
    const now = platformTime()
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_assertion_type: assertionType,
      client_assertion: await signer.assertion(now),
    })
    const exchanged = await exchange(
      {
        method: 'POST',
        url: tokenUrl,
        body: form.toString(),
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          dpop: await signer.proof({ method: 'POST', url: tokenUrl, nonce }, now),
        },
      },
      signal,
    )
    if (!exchanged.ok) return exchanged
    heard(exchanged.value.heard)
    const { answer } = exchanged.value
    return ok({ answer, again: answer.status === 400 && parseAnswer(answer.body, nonceNeeded).ok })
  }
  const grant = async (signal: AbortSignal): Promise<Result<string>> => {
    const first = await grantOnce(signal)
    const granted = first.ok && first.value.again ? await grantOnce(signal) : first
    if (!granted.ok) return granted
    const { answer } = granted.value
    if (answer.status !== 200) return err(refusal(answer))
    const said = parseAnswer(answer.body, tokenAnswer)
    if (!said.ok) return said
    token = {
      text: said.value.access_token,
      until: clock.monotonic() + Math.max(0, said.value.expires_in * 1000 - renewBefore),
    }
    return ok(token.text)
  }
  const current = async (signal: AbortSignal): Promise<Result<string>> => {
    if (token !== undefined && clock.monotonic() < token.until) return ok(token.text)
    asking ??= grant(signal).finally(() => {
      asking = undefined
    })
    const granted = await asking
    // Whoever asked first may have given up; that is no news for this request.
    return !granted.ok && granted.fault.code === 'call.cancelled' && !signal.aborted ? current(signal) : granted
  }
  return {
    headers: async ({ method, url, proof }, signal) => {
      if (proof === 'none') return ok({})
      const held = proof === 'token' ? await current(signal) : ok(undefined)
      if (!held.ok) return held
      if (signal.aborted) return err(faultOf('call.cancelled'))
      const dpop = await signer.proof({ method, url, nonce, token: held.value }, platformTime())
      return ok({ dpop, ...(held.value === undefined ? {} : { authorization: `DPoP ${held.value}` }) })
    },
    heard,
    setSkew: (ms) => {
      skew = ms
    },
  }
}
