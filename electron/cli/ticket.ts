import { hallCommand, type HallCommand } from '#shared/domain/hall/command.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { counterOf, doInHall, idOption } from './askHall.ts'
import type { Command, CommandContext, Said } from './command.ts'

const counter = { counter: { type: 'string' } } as const
const service = { service: { type: 'string' } } as const

/** `guichet ticket …`: what is done with tickets, at the running station of the data folder. */
export const ticketCommands: readonly Command[] = [
  {
    name: 'ticket issue',
    summary: 'gives a ticket of a service',
    usage: '--service S [--priority urgent|elderly|disabled|pregnant] [--command-id ID]',
    options: { ...service, priority: { type: 'string' }, ...idOption },
    run: async (context) => done(context, { type: 'issue', ...picked(context, ['service', 'priority']) }),
  },
  {
    name: 'ticket call',
    summary: 'calls who is next to a counter, or the ticket that is named; nobody, when nobody waits',
    usage: '[TICKET] --counter C [--service S] [--command-id ID]',
    options: { ...counter, ...service, ...idOption },
    run: async (context) => named(context, { type: 'call', ...picked(context, ['service']) }, true),
  },
  act('done', 'the citizen is served', 'done'),
  act('recall', 'calls once more, or calls back who was set aside or missed', 'recall'),
  act('return', 'takes a wrong call back: the ticket waits in its old place', 'return'),
  act('park', 'sets a called ticket aside', 'park'),
  act('missed', 'nobody came', 'missed'),
  {
    ...act('transfer', 'to another service or counter, in its old place', 'transfer'),
    usage: 'TICKET [--service S] [--counter C] [--command-id ID]',
    options: { ...counter, ...service, ...idOption },
    run: async (context) => named(context, { type: 'transfer', ...picked(context, ['service']) }),
  },
]

function act(word: string, summary: string, type: HallCommand['type']): Command {
  return {
    name: `ticket ${word}`,
    summary,
    usage: 'TICKET [--counter C] [--command-id ID]',
    options: { ...counter, ...idOption },
    run: async (context) => named(context, { type }),
  }
}

const picked = ({ options }: CommandContext, names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(names.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]])))

/** A command about one ticket; `mayLack`: about whoever is next when none is named. */
async function named(
  context: CommandContext,
  command: Record<string, unknown>,
  mayLack = false,
): Promise<Result<Said>> {
  const [ticket, more] = context.positionals
  if ((ticket === undefined && !mayLack) || more !== undefined) return err(faultOf('call.invalid', 'one ticket: A012'))
  const at = counterOf(context)
  if (!at.ok) return at
  return done(
    context,
    {
      ...command,
      ...(ticket === undefined ? {} : { ticket: ticket.toUpperCase() }),
      ...(at.value === undefined ? {} : { counter: at.value }),
    },
    1,
  )
}

async function done(context: CommandContext, asked: Record<string, unknown>, words = 0): Promise<Result<Said>> {
  const command = hallCommand.safeParse(asked)
  if (!command.success || context.positionals.length > words)
    return err(faultOf('call.invalid', command.error?.issues.map(({ path }) => path.join('.')).join(', ') ?? 'words'))
  const answer = await doInHall(context, command.data)
  if (!answer.ok) return answer
  const { ticket = null } = answer.value
  return ok({ json: { ticket }, text: ticket ?? 'nobody waits' })
}
