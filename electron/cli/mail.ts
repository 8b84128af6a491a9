import { z } from 'zod'
import { attachmentLimit } from '#shared/contract/features/intake/calls.ts'
import { typedRegisterNumber } from '#shared/contract/call.ts'
import {
  mostLines,
  type LetterLine,
  type LetterView,
  type OldLetterLine,
} from '#shared/contract/features/mail/views.ts'
import { faultOf } from '#shared/fault.ts'
import type { RegisterNumber, Sha256 } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { v7 } from 'uuid'
import { closeMailCommand } from './mailClose.ts'
import type { Command, CommandContext, Said } from './command.ts'
import { lettersExample, readLetters, type TypedOrder } from './mailLetters.ts'
import type { OpenWorker } from './openWorker.ts'
import { readRegular } from './readInput.ts'
import { signedIn } from './signedIn.ts'

const login = { type: 'string' } as const
const text = z.string().optional()
/** So long the files of letters are read for the search before the command ends, in seconds. */
const mostReading = 20
/** Who keeps the registers, where nobody is named. */
const clerk = 'clerk'

/** `guichet mail …`: the registers of arrivals, departures and internal mail, by the calls that the window makes. */
export const mailCommands: readonly Command[] = [
  {
    name: 'mail register',
    summary: 'enters letters (JSON on standard input: one, or a list) in their register',
    usage: '[--login LOGIN]',
    options: { login },
    example: lettersExample,
    async run(context) {
      const read = await readLetters(context)
      if (!read.ok) return read
      // Whoever holds the register keeps everybody else out: what can be waited for comes before.
      const files = await readFiles(read.value.letters)
      if (!files.ok) return files
      return signedIn(context, clerk, async ({ ask }) => {
        const said = await registerAll(ask, read.value, files.value)
        // The letters are entered: whatever happens to this, the window reads the rest.
        if (files.value.size > 0) await ask('mail.readFiles', { seconds: mostReading })
        return said
      })
    },
  },
  {
    name: 'mail search',
    summary: 'letters in which every word is the beginning of a word, newest first',
    usage: 'WORDS [--limit N] [--login LOGIN]',
    options: { limit: { type: 'string' }, login },
    async run(context) {
      const limit = z.coerce
        .number()
        .int()
        .min(1)
        .max(mostLines)
        .safeParse(context.options['limit'] ?? 20)
      if (!limit.success) return err(faultOf('call.invalid', `--limit: 1 to ${String(mostLines)}`))
      const words = context.positionals.join(' ')
      return signedIn(context, clerk, async ({ ask }) => {
        const found = await ask('mail.search', { words, limit: limit.data, countTo: 10_000_000 })
        if (!found.ok) return found
        const old = found.value.old.map((line) => ({ ...line, state: 'imported' as const }))
        const lines = [...found.value.lines.map(lineOf), ...old]
        return ok({
          json: { total: found.value.total, lines },
          text: [`${String(found.value.total)} found`, ...found.value.lines.map(sayLine), ...old.map(sayOld)].join(
            '\n',
          ),
        })
      })
    },
  },
  {
    name: 'mail show',
    summary: 'one letter, with all that happened to it',
    usage: 'NUMBER [--login LOGIN]',
    options: { login },
    run: (context) => about(context, async ({ ask }, number) => ask('mail.show', { number })),
  },
  {
    name: 'mail cancel',
    summary: 'cancels a line in sight: number and line stay',
    usage: 'NUMBER --reason TEXT [--login LOGIN]',
    options: { reason: { type: 'string' }, login },
    run: (context) =>
      about(context, async ({ ask }, number) => {
        const reason = text.safeParse(context.options['reason']).data
        if (reason === undefined) return err(faultOf('call.invalid', '--reason TEXT'))
        return ask('mail.cancel', { commandId: v7(), number, reason })
      }),
  },
  {
    name: 'mail route',
    summary: 'charges a service with a letter, by a day',
    usage: 'NUMBER --to SERVICE [--copy SERVICE]… [--by DATE] [--instruction TEXT] [--login LOGIN]',
    options: {
      to: { type: 'string' },
      copy: { type: 'string', multiple: true },
      by: { type: 'string' },
      instruction: { type: 'string' },
      login,
    },
    run: (context) =>
      about(context, async ({ ask }, number) => {
        const { to, copy, by, instruction } = context.options
        if (typeof to !== 'string') return err(faultOf('call.invalid', '--to SERVICE'))
        const routing = {
          to,
          copies: z.array(z.string()).safeParse(copy ?? []).data ?? [],
          ...(typeof by === 'string' ? { by } : {}),
          ...(typeof instruction === 'string' ? { instruction } : {}),
        }
        return ask('mail.route', { commandId: v7(), number, routing })
      }),
  },
  closeMailCommand,
]

/** One letter by the number that was typed, and what is said of it. */
const about = (
  context: CommandContext,
  act: (worker: OpenWorker, number: RegisterNumber) => Promise<Result<LetterView>>,
): Promise<Result<Said>> => {
  const [typed, ...more] = context.positionals
  const number = typedRegisterNumber.safeParse(typed)
  if (!number.success || more.length > 0)
    return Promise.resolve(err(faultOf('call.invalid', 'one number: 2026/RAB03-M1/A-000001')))
  return signedIn(context, clerk, async (worker) => {
    const done = await act(worker, number.data)
    return done.ok ? ok({ json: viewOf(done.value), text: sayLetter(done.value) }) : done
  })
}

/** A line as it is printed: who wrote by one name. */
const lineOf = ({ number, register, subject, sender, receivedOn, state }: LetterLine) => ({
  number,
  register,
  subject,
  sender: sender.name,
  receivedOn,
  state,
})
const viewOf = ({ letter, ...view }: LetterView) => ({ ...letter, ...view })
const sayLine = ({ number, receivedOn, state, sender, subject }: Omit<LetterLine, 'files'>): string =>
  `${number}  ${receivedOn}  ${state.padEnd(11)}${sender.name}  ${subject}`
const sayOld = ({ number, receivedOn, sender, subject }: OldLetterLine): string =>
  `${number}  ${receivedOn}  imported   ${sender}  ${subject}`
const sayLetter = (view: LetterView): string =>
  [
    sayLine(view),
    ...view.events.map(({ at, what, agent, about: of = '', text: said = '' }) =>
      `    ${at}  ${what.padEnd(11)}${agent}  ${of} ${said}`.trimEnd(),
    ),
  ].join('\n')

type Files = ReadonlyMap<string, Uint8Array<ArrayBuffer>>
const readFiles = async (orders: readonly TypedOrder[]): Promise<Result<Files>> => {
  const read = new Map<string, Uint8Array<ArrayBuffer>>()
  for (const path of new Set(orders.flatMap(({ files }) => files))) {
    const bytes = await readRegular(path, attachmentLimit)
    if (!bytes.ok) return bytes
    read.set(path, bytes.value)
  }
  return ok(read)
}

interface Registered {
  readonly number: string
  readonly id: string
  readonly duplicates: readonly string[]
}

/** Each letter is an act of its own: what is refused in a list says so in its place, and the others are entered. */
const registerAll = async (
  ask: OpenWorker['ask'],
  { letters, list }: { readonly letters: readonly TypedOrder[]; readonly list: boolean },
  read: Files,
): Promise<Result<Said>> => {
  const said: Result<Registered>[] = []
  for (const one of letters) said.push(await register(ask, one, read))
  const [first] = said
  if (!list) {
    if (first === undefined || !first.ok) return first ?? ok({ json: [], text: '' })
    return ok({ json: first.value, text: sayRegistered(first.value) })
  }
  return ok({
    json: said.map((one) => (one.ok ? one.value : { fault: one.fault })),
    text: said.map((one) => (one.ok ? sayRegistered(one.value) : `refused: ${one.fault.code}`)).join('\n'),
    failed: said.some((one) => !one.ok),
  })
}
const sayRegistered = ({ number, duplicates }: Registered): string =>
  duplicates.length === 0 ? number : `${number}  like ${duplicates.join(', ')}`

const register = async (
  ask: OpenWorker['ask'],
  { letter, files, commandId = v7() }: TypedOrder,
  read: Files,
): Promise<Result<Registered>> => {
  const attached: { sha256: Sha256; name: string }[] = []
  for (const path of files) {
    const added = await ask('mail.addFile', { bytes: read.get(path) ?? new Uint8Array() })
    if (!added.ok) return added
    attached.push({ sha256: added.value.sha256, name: path.split(/[/\\]/u).at(-1)?.slice(-255) ?? 'file' })
  }
  const made = await ask('mail.register', { commandId, letter, files: attached })
  if (!made.ok) return made
  const { letter: view, duplicates } = made.value
  return ok({ number: view.number, id: view.id, duplicates })
}
