import { parseMrz } from '#shared/domain/mrz/mrz.ts'
import { faultOf, type FaultCode } from '#shared/fault.ts'
import type { CardChannel } from '#shared/ports/cardChannel.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { withWholeAnswers } from '../../apdu/wholeAnswers.ts'
import type { CardContent, CardProfile, ProfileContext, Read } from '../../profile.ts'
import { applicationSelected, readAnswerLimit, readOffers, type AccessSecret, type ChipState } from './access.ts'
import { contentOf } from './content.ts'
import { readEmrtd } from './emrtd.ts'

/**
 * The electronic travel and residence documents of ICAO Doc 9303: passports, residence permits, national cards with the
 * application, with contacts or without. EF.CardAccess is asked for first, because PACE comes before the application.
 */
export const icao: CardProfile = { name: 'icao', recognise }

async function recognise(bare: CardChannel): Promise<Result<Read | undefined>> {
  const channel = withWholeAnswers(bare)
  const offers = await readOffers(channel)
  if (!offers.ok) return offers
  if (offers.value.length > 0) return ok((context) => read(channel, context, { offers: offers.value, selected: false }))
  const selected = await applicationSelected(channel)
  if (!selected.ok) return selected
  return ok(selected.value ? (context) => read(channel, context, { offers: [], selected: true }) : undefined)
}

async function read(channel: CardChannel, context: ProfileContext, found: ChipState): Promise<Result<CardContent>> {
  const secret = secretOf(context)
  if (secret === undefined) return err(faultOf('card.accessRefused', 'no readable zone'))
  const isClosed = secret.can === undefined && secret.mrzInformation === undefined
  const limit =
    found.offers.length === 0 || isClosed || context.shortOnly.has(channel.reader)
      ? ok(undefined)
      : await readAnswerLimit(channel)
  if (!limit.ok) return limit
  const open = async (state: ChipState): Promise<Result<CardContent>> => {
    const content = await readEmrtd(channel, {
      ...state,
      secret,
      now: context.now,
      countrySigners: (await context.trust.countrySigners?.()) ?? [],
      onStep: (step, done, total) => {
        context.onStep(step, done, total)
      },
      onContent: (step, known) => {
        context.onContent(step, contentOf(known))
      },
    })
    return content.ok ? ok(contentOf(content.value)) : content
  }
  if (limit.value === undefined) return open(found)
  const read = await open({ ...found, answers: limit.value })
  if (read.ok || !mayBeLength.includes(read.fault.code)) return read
  // Chip and reader announce long answers more often than they carry them: from now on this reader is spared them.
  context.shortOnly.add(channel.reader)
  const offers = await readOffers(channel)
  return offers.ok ? open({ offers: offers.value, selected: false }) : offers
}

/** What an answer that is too long for chip, reader or driver looks like from here. */
const mayBeLength: readonly FaultCode[] = ['card.refused', 'card.malformed', 'card.mute', 'card.timeout']

/** Undefined for a zone that is none. */
function secretOf({ access, now }: ProfileContext): AccessSecret | undefined {
  const read = access.mrz === undefined ? undefined : parseMrz(access.mrz, now)?.information
  // Documents without a chip have a zone that opens none.
  const information = read === '' ? undefined : read
  if (access.mrz !== undefined && information === undefined) return undefined
  return {
    ...(access.can !== undefined && { can: access.can }),
    ...(information !== undefined && { mrzInformation: information }),
  }
}
