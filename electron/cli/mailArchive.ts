import { z } from 'zod'
import { typedRegisterNumber } from '#shared/contract/call.ts'
import type { ArchiveList, ListKind } from '#shared/contract/features/mail/archive/views.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { v7 } from 'uuid'
import type { Command, CommandContext, Said } from './command.ts'
import type { OpenWorker } from './openWorker.ts'
import { signedIn } from './signedIn.ts'

const login = { type: 'string' } as const
const given = { reference: { type: 'string' }, on: { type: 'string' }, login } as const
const clerk = 'clerk'
const supervisor = 'supervisor'
const name = ({ kind, rank }: Pick<ArchiveList, 'kind' | 'rank'>): string =>
  `${kind === 'transfer' ? 'V' : 'E'}-${String(rank)}`

/** `guichet mail archive …`: ages by the plan, lists, and what becomes of them, by the calls that the window makes. */
export const mailArchive: readonly Command[] = [
  {
    name: 'mail archive due',
    summary: 'the classification plan with what of each class is over, and the lists that were made',
    usage: '[--class CODE] [--login LOGIN]',
    options: { class: { type: 'string' }, login },
    run: (context) =>
      signedIn(context, supervisor, async ({ ask }) => {
        const { class: code } = context.options
        const found = await ask('mail.archive', typeof code === 'string' ? { class: code } : {})
        if (!found.ok) return found
        const { classes, lines, lists, unclassed, more } = found.value
        return ok({
          json: {
            classes,
            unclassed,
            more,
            lines: lines.map(({ line, ...rest }) => ({ number: line.number, ...rest })),
            lists,
          },
          text: [
            ...classes.map((one) => `${one.code.padEnd(8)}${String(one.over).padStart(7)}  ${one.name.fr}`),
            ...lines.map(({ line, since = '', held }) => `    ${line.number}  ${since}  ${held ?? line.subject}`),
            ...lists.map(sayList),
          ].join('\n'),
        })
      }),
  },
  listCommand('mail archive transfer', 'transfer', 'makes a list of letters that go to the archive, and prints it'),
  listCommand('mail archive propose', 'elimination', 'proposes letters for destruction on a list, and prints it'),
  {
    name: 'mail archive received',
    summary: 'enters the receipt that the archive gave for a list of transfer',
    usage: 'V-N --reference TEXT --on DATE [--login LOGIN]',
    options: given,
    run: (context) => decision(context, clerk, 'mail.listReceived'),
  },
  {
    name: 'mail archive approve',
    summary: 'enters the agreement of Archives du Maroc for a list of another person',
    usage: 'E-N --reference TEXT --on DATE [--login LOGIN]',
    options: given,
    run: (context) => decision(context, supervisor, 'mail.approveList'),
  },
  {
    name: 'mail archive withdraw',
    summary: 'withdraws a list: its letters may stand on another one',
    usage: 'LIST --reason TEXT [--login LOGIN]',
    options: { reason: { type: 'string' }, login },
    run: (context) =>
      ofList(context, clerk, ({ ask }, { listId }) => {
        const { reason } = context.options
        return typeof reason === 'string'
          ? ask('mail.withdrawList', { commandId: v7(), listId, reason })
          : Promise.resolve(err(faultOf('call.invalid', '--reason TEXT')))
      }),
  },
  {
    name: 'mail archive destroy',
    summary: 'destroys what an approved list names: numbers, dates and digests stay',
    usage: 'E-N [--login LOGIN]',
    options: { login },
    run: (context) =>
      ofList(context, supervisor, ({ ask }, { listId }) => ask('mail.destroyList', { commandId: v7(), listId })),
  },
  {
    name: 'mail archive hold',
    summary: 'holds a letter: nothing of it is listed or destroyed until it is released',
    usage: 'NUMBER --reason TEXT [--login LOGIN]',
    options: { reason: { type: 'string' }, login },
    run: (context) =>
      ofLetter(context, clerk, ({ ask }, number) => {
        const { reason } = context.options
        return typeof reason === 'string'
          ? ask('mail.hold', { commandId: v7(), number, reason })
          : Promise.resolve(err(faultOf('call.invalid', '--reason TEXT')))
      }),
  },
  {
    name: 'mail archive release',
    summary: 'releases a letter that is held',
    usage: 'NUMBER [--login LOGIN]',
    options: { login },
    run: (context) =>
      ofLetter(context, supervisor, ({ ask }, number) => ask('mail.release', { commandId: v7(), number })),
  },
  {
    name: 'mail archive classify',
    summary: 'gives a letter a class of the plan',
    usage: 'NUMBER --class CODE [--login LOGIN]',
    options: { class: { type: 'string' }, login },
    run: (context) =>
      ofLetter(context, clerk, ({ ask }, number) => {
        const { class: code } = context.options
        return typeof code === 'string'
          ? ask('mail.classify', { commandId: v7(), number, class: code })
          : Promise.resolve(err(faultOf('call.invalid', '--class CODE')))
      }),
  },
]

const sayList = (list: ArchiveList): string =>
  `${name(list).padEnd(8)}${list.state.padEnd(11)}${String(list.letters.length)} letters  ${list.at}`
const sayListed = (list: Result<ArchiveList>): Result<Said> =>
  list.ok ? ok({ json: list.value, text: sayList(list.value) }) : list

/** A list of the letters that are named, or of all of a class that are over. */
function listCommand(command: string, kind: ListKind, summary: string): Command {
  return {
    name: command,
    summary,
    usage: '[NUMBER…] [--class CODE] [--login LOGIN]',
    options: { class: { type: 'string' }, login },
    run: async (context) => {
      const typed = z.array(typedRegisterNumber).safeParse(context.positionals)
      const { class: code } = context.options
      if (!typed.success || (typed.data.length === 0) !== (typeof code === 'string'))
        return err(faultOf('call.invalid', 'numbers, or --class CODE'))
      return signedIn(context, clerk, async ({ ask }) => {
        const over = typeof code === 'string' ? await ask('mail.archive', { class: code }) : undefined
        if (over?.ok === false) return over
        const free = over?.value.lines.filter(({ held }) => held === undefined).map(({ line }) => line.number)
        const numbers = free ?? typed.data
        if (numbers.length === 0) return err(faultOf('archive.notOver'))
        return sayListed(await ask('mail.makeList', { commandId: v7(), kind, numbers }))
      })
    },
  }
}

const decision = (
  context: CommandContext,
  as: string,
  call: 'mail.listReceived' | 'mail.approveList',
): Promise<Result<Said>> => {
  const { reference, on } = context.options
  if (typeof reference !== 'string' || typeof on !== 'string')
    return Promise.resolve(err(faultOf('call.invalid', '--reference TEXT --on YYYY-MM-DD')))
  return ofList(context, as, ({ ask }, { listId }) => ask(call, { commandId: v7(), listId, reference, on }))
}

const ofList = (
  context: CommandContext,
  as: string,
  act: (worker: OpenWorker, list: ArchiveList) => Promise<Result<ArchiveList>>,
): Promise<Result<Said>> =>
  signedIn(context, as, async (worker) => {
    const found = await worker.ask('mail.archive', {})
    if (!found.ok) return found
    const [typed] = context.positionals
    const list = found.value.lists.find((one) => name(one) === typed?.toUpperCase())
    return list === undefined ? err(faultOf('archive.listUnknown', 'V-1 or E-1')) : sayListed(await act(worker, list))
  })

const ofLetter = (
  context: CommandContext,
  as: string,
  act: (
    worker: OpenWorker,
    number: z.infer<typeof typedRegisterNumber>,
  ) => Promise<Result<{ readonly number: string }>>,
): Promise<Result<Said>> => {
  const number = typedRegisterNumber.safeParse(context.positionals[0])
  if (!number.success) return Promise.resolve(err(faultOf('call.invalid', 'one number: 2026/RAB03-M1/A-000001')))
  return signedIn(context, as, async (worker) => {
    const done = await act(worker, number.data)
    return done.ok ? ok({ json: done.value, text: done.value.number }) : done
  })
}
