import { v4 } from 'uuid'
import { allows } from '#shared/domain/roles.ts'
import type { TicketPrinterState } from '#shared/ports/ticketPrinter.ts'
import type { HandlerContext } from '../../core/handlerContext.ts'
import { boardNow, counterNameOf } from './hallNow.ts'

/** Between two looks, in milliseconds; the printer is also looked at before each ticket. */
const lookEvery = 5_000
/** A cover that is opened and closed again and again is told once in so many milliseconds. */
const tellEvery = 10 * 60_000

/** What is told to who runs the hall, in both languages of the house. */
const told = {
  mute: 'L’imprimante de tickets ne dit pas si elle a du papier : regardez si le ticket sort · طابعة التذاكر لا تخبر عن الورق: المرجو التأكد من خروج التذكرة',
  low: 'Le rouleau de tickets est bientôt fini · لفافة التذاكر على وشك النفاد',
  paper: 'Plus de papier pour les tickets · نفد ورق التذاكر',
  cover: 'Le capot de l’imprimante de tickets est ouvert · غطاء طابعة التذاكر مفتوح',
  offline: 'L’imprimante de tickets est arrêtée · طابعة التذاكر متوقفة',
  unreachable: 'L’imprimante de tickets ne répond pas · طابعة التذاكر لا تستجيب',
} as const

/** What of a state has to be mended. */
const troubleOf = (state: TicketPrinterState | undefined): keyof typeof told | undefined => {
  if (state?.state === 'out') return state.why
  if (state?.state !== 'ready') return undefined
  if (state.mute === true) return 'mute'
  return state.low ? 'low' : undefined
}

/**
 * Looks at the ticket printer while a kiosk is open or somebody works in the hall here: most printers hear one
 * conversation at a time. Windows hear when paper comes or goes (`changed`), the hall when somebody has to go there.
 */
export function watchTicketPrinter(answering: HandlerContext, changed: () => void): void {
  const { parts, context, sessions, background, press } = answering
  const { tickets } = parts.devices
  if (tickets === undefined) return
  const wanted = (): boolean =>
    sessions.all().some((session) => session.door === 'kiosk' || allows(session.current()?.view.roles ?? [], 'useHall'))
  const said = new Map<string, number>()
  let trouble: keyof typeof told | undefined
  /** What the hall has not heard yet: it is told again until it does. */
  let unheard: keyof typeof told | undefined
  let paper = boardNow(answering).paper

  const say = async (what: keyof typeof told): Promise<boolean> => {
    const now = context.clock.now().getTime()
    if (now - (said.get(what) ?? -Infinity) < tellEvery) return true
    const from = `Borne ${counterNameOf(context.counter)} · الجهاز`
    const command = { type: 'message', from, text: told[what] } as const
    const heard = await parts.hall?.ask({ call: 'command', id: v4(), command })
    if (heard?.ok === true) said.set(what, now)
    return heard?.ok === true
  }
  const look = async (): Promise<void> => {
    if (tickets.seen()?.state === 'none' || !wanted()) return
    await tickets.status()
    const seen = tickets.seen()
    // The first visitor shall not wait for its fonts.
    if (seen?.state === 'ready') press.near()
    const now = boardNow(answering).paper
    if (now !== paper) {
      paper = now
      changed()
    }
    const found = troubleOf(seen)
    if (found !== trouble) unheard = found
    trouble = found
    if (unheard !== undefined && (await say(unheard))) unheard = undefined
  }
  background.start('ticketPrinter', look, { every: lookEvery })
}
