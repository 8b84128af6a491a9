import type { Calls } from '#shared/contract/calls.ts'
import type { ArchiveList, OverLine } from '#shared/contract/features/mail/archive/views.ts'
import type { LetterLine } from '#shared/contract/features/mail/views.ts'
import type { Handlers } from '#shared/contract/wire.ts'
import { datesOf } from '#shared/domain/mail/archive/age.ts'
import { classOf, usualPlan } from '#shared/domain/mail/archive/classPlan.ts'
import type { LetterRegister } from '#shared/domain/mail/letter.ts'
import { faultOf } from '#shared/fault.ts'
import type { RegisterNumber } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { demoId } from '../../../core/bridge/demo/ids.ts'
import { lineOf } from '../demoSearch.ts'
import { demoBodies } from '../demoEarlier.ts'
import { demoLetterNumber, demoRegistered } from '../demoLetters.ts'

const told: readonly (readonly [
  register: LetterRegister,
  day: string,
  kind: string,
  from: keyof typeof demoBodies,
  subject: string,
])[] = [
  ['arrival', '2014-02-11', 'invoice', 'eau', 'Facture d’eau, bâtiment principal, janvier 2014'],
  ['arrival', '2014-05-06', 'invoice', 'eau', 'Facture d’électricité, avril 2014'],
  ['arrival', '2014-09-23', 'invoice', 'tresor', 'Offre de prix, fournitures de bureau'],
  ['departure', '2015-03-17', 'letter', 'agence', 'Avis sur le plan de masse du lotissement Al Amal'],
  ['arrival', '2015-04-02', 'letter', 'agence', 'رد حول تصميم تجزئة الأمل'],
  ['arrival', '2013-01-15', 'circular', 'wilaya', 'Circulaire : tenue des registres d’état civil'],
  ['arrival', '2022-10-04', 'summons', 'tribunal', 'Convocation à l’audience du 20 octobre 2022'],
  ['arrival', '2012-06-19', 'of this office', 'sante', 'Enquête de la délégation de la santé'],
]

interface Kept {
  readonly line: LetterLine
  class: string | undefined
  held: string | undefined
  list: string | undefined
}

const lettersOf = (): Kept[] =>
  told.map(([register, receivedOn, kind, from, subject], at) => {
    const number = demoLetterNumber(register, Number(receivedOn.slice(0, 4)), 201 + at)
    const body = demoBodies[from]
    const office = { name: 'Commune de Rabat', nameAr: 'جماعة الرباط' }
    const draft = {
      register,
      receivedOn,
      kind,
      subject,
      mode: 'post' as const,
      ...(register === 'departure' ? { sender: office, recipients: [body] } : { sender: body }),
    }
    const as = { n: 900 + at, at: `${receivedOn}T09:00:00.000Z`, number, today: receivedOn }
    const made = { ...lineOf(demoRegistered(draft, as)), state: 'answered' as const }
    const code = classOf(usualPlan, { kind })?.code
    return { line: made, class: code, held: at === 2 ? 'Litige avec le fournisseur' : undefined, list: undefined }
  })

/** The archive of an office that is fifteen years old; of one that began today it has a plan and nothing else. */
export function demoArchive({ empty, broken }: { readonly empty: boolean; readonly broken: boolean }) {
  const all = empty ? [] : lettersOf()
  let lists: ArchiveList[] = []
  const at = (): string => new Date().toISOString()
  const listOf = (kind: ArchiveList['kind'], kept: readonly Kept[], agent: string): ArchiveList => {
    const rank = 1 + lists.filter((one) => one.kind === kind).length
    const made: ArchiveList = {
      listId: demoId.draft(900 + lists.length),
      kind,
      rank,
      state: 'proposed',
      at: at(),
      agent,
      decisions: [],
      digest: demoId.sha(7),
      classes: [...Map.groupBy(kept, (one) => one.class ?? '')].map(([code, of]) => ({
        code,
        letters: of.length,
        files: of.length,
        first: of.map(({ line }) => line.receivedOn).sort()[0] ?? '',
        last:
          of
            .map(({ line }) => line.receivedOn)
            .sort()
            .at(-1) ?? '',
      })),
      letters: kept.map(({ line }) => line.number),
    }
    for (const one of kept) one.list = made.listId
    lists = [made, ...lists]
    return made
  }
  if (!empty) {
    const summons = all.filter((one) => one.class === 'D1')
    listOf('elimination', summons, 'BO-012')
  }
  const decide = (
    listId: string,
    what: ArchiveList['decisions'][number]['what'],
    more: { readonly reference?: string; readonly on?: string } = {},
  ): Result<ArchiveList> => {
    const known = lists.find((one) => one.listId === listId)
    if (known === undefined) return err(faultOf('archive.listUnknown'))
    if (what === 'approved' && known.agent === 'BO-007') return err(faultOf('witness.samePerson'))
    const decided = {
      ...known,
      state: what,
      decisions: [...known.decisions, { what, at: at(), agent: 'BO-007', ...more }],
    }
    lists = lists.map((one) => (one.listId === listId ? decided : one))
    if (what === 'withdrawn') for (const one of all) if (one.list === listId) one.list = undefined
    return ok(decided)
  }
  const free = (): Kept[] => all.filter((one) => one.list === undefined)
  const overLine = ({ line, class: code, held }: Kept): OverLine => {
    const rule = usualPlan.find((one) => one.code === code)
    const since = datesOf({ closedOn: line.receivedOn, class: rule })?.over
    return {
      line,
      fate: rule?.fate ?? 'keep',
      ...(since === undefined ? {} : { since }),
      ...(held === undefined ? {} : { held }),
    }
  }
  const change = (number: RegisterNumber, to: (one: Kept) => void) => {
    const known = all.find(({ line }) => line.number === number)
    if (known === undefined) return err(faultOf('letter.unknown'))
    to(known)
    const { register, receivedOn, sender, recipients, subject, kind } = known.line
    const draft = { register, receivedOn, sender, recipients, subject, kind, mode: 'post' as const }
    return ok(demoRegistered(draft, { n: 900, at: at(), number, today: receivedOn }))
  }
  return {
    'mail.archive': ({ class: code }) => {
      if (broken) return err(faultOf('internal'))
      return ok({
        classes: usualPlan.map((one) => {
          const mine = free().filter((letter) => letter.class === one.code)
          return { ...one, over: mine.length, held: mine.filter(({ held }) => held !== undefined).length }
        }),
        unclassed: free().filter((one) => one.class === undefined).length,
        lines:
          code === undefined
            ? []
            : free()
                .filter((one) => (one.class ?? '') === code)
                .map(overLine),
        more: false,
        lists,
      })
    },
    'mail.classify': ({ number, class: code }) =>
      change(number, (one) => {
        one.class = code
      }),
    'mail.hold': ({ number, reason }) =>
      change(number, (one) => {
        one.held = reason
      }),
    'mail.release': ({ number }) =>
      change(number, (one) => {
        one.held = undefined
      }),
    'mail.makeList': ({ kind, numbers }) => {
      const wanted = free().filter(({ line }) => numbers.includes(line.number))
      return ok(listOf(kind, wanted, 'BO-007'))
    },
    'mail.listReceived': ({ listId, reference, on }) => decide(listId, 'received', { reference, on }),
    'mail.approveList': ({ listId, reference, on }) => decide(listId, 'approved', { reference, on }),
    'mail.withdrawList': ({ listId, reason }) => decide(listId, 'withdrawn', { reference: reason }),
    'mail.destroyList': ({ listId }) => decide(listId, 'destroyed'),
    'mail.listPdf': () => ok({ pdf: new Uint8Array([37, 80, 68, 70]) }),
  } satisfies Partial<Handlers<Calls>>
}
