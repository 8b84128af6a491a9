import type { MailClosingView, SlipView } from '#shared/contract/features/mail/views.ts'
import { letterRegisters, type LetterRegister } from '#shared/domain/mail/letter.ts'
import { demoId } from '../../core/bridge/demo/ids.ts'
import { dayBefore, type DemoLetter } from './demoLetters.ts'

/** How many lines a register of the demonstration has in a period. */
export const registerCount = (letters: readonly DemoLetter[], register: LetterRegister, period: string) => {
  const mine = letters.filter((one) => one.register === register && one.receivedOn.startsWith(period))
  const [first, last] = [mine[0]?.number, mine.at(-1)?.number]
  return {
    register,
    count: mine.length,
    cancelled: mine.filter((one) => one.state === 'cancelled').length,
    ...(first === undefined || last === undefined ? {} : { first, last }),
  }
}

/** What the closing of a period states. */
export const closingView = (letters: readonly DemoLetter[], period: string, n: number): MailClosingView => {
  const registers = letterRegisters.map((register) => registerCount(letters, register, period))
  const mine = letters.filter((one) => one.receivedOn.startsWith(period))
  const [first, last] = [mine[0]?.number, mine.at(-1)?.number]
  return {
    closingId: demoId.draft(900 + n),
    period,
    ...(first === undefined || last === undefined ? {} : { first, last }),
    count: mine.length,
    cancelled: mine.filter((one) => one.state === 'cancelled').length,
    registers,
    closedAt: new Date().toISOString(),
    agent: 'BO-007',
    hash: demoId.print(40 + n),
  }
}
/** The closing of a day that many days ago. */
export const closingOf = (letters: readonly DemoLetter[], today: string, ago: number): MailClosingView => {
  const day = dayBefore(today, ago)
  return { ...closingView(letters, day, ago), closedAt: `${day}T16:32:00.000Z` }
}

/** The slips that the papers of the morning left with. */
export const slipsOf = (letters: readonly DemoLetter[]): SlipView[] => {
  const slips = new Map<number, SlipView>()
  for (const one of letters)
    for (const { what, text, about, at } of one.events) {
      if (what !== 'handedOver' || about === undefined) continue
      const rank = Number(text)
      const known = slips.get(rank)
      const back = one.events.find((other) => other.what === 'received')
      slips.set(rank, {
        slipId: demoId.draft(rank),
        rank,
        service: known?.service ?? about,
        at,
        agent: 'BO-007',
        letters: [...(known?.letters ?? []), one.number],
        ...(back === undefined ? {} : { received: { by: back.agent, at: back.at } }),
      })
    }
  return [...slips.values()].sort((one, other) => other.rank - one.rank)
}
