import type { HallStatus } from '#electron/hall/view.ts'
import { ok, type Result } from '#shared/result.ts'
import type { Command, Said } from './command.ts'
import { askHall, commandIdOf, idOption } from './askHall.ts'

/** `guichet hall …`: a station of the hall, and what is asked of the one that runs for a data folder. */
export const hallCommands: readonly Command[] = [
  {
    name: 'hall init',
    summary: 'makes the stations of an office with keys and a signed roster, for demonstrations and tests',
    usage: '--stations N [--voters N] --addresses A:P,… --services A,B,… [--procedures A=CODE,…] --out DIR',
    options: {
      stations: { type: 'string' },
      voters: { type: 'string' },
      addresses: { type: 'string' },
      services: { type: 'string' },
      procedures: { type: 'string' },
      out: { type: 'string' },
    },
    run: async (context) => (await import('./hallInit.ts')).hallInit(context),
  },
  {
    name: 'hall run',
    summary: 'runs the station of the data folder until it is interrupted; prints READY ADDRESS when it listens',
    usage: '[--clock INSTANT]',
    options: { clock: { type: 'string' } },
    run: async (context) => (await import('./hallRun.ts')).hallRun(context),
  },
  {
    name: 'hall open',
    summary: 'opens the day: this station serves',
    run: async (context) => sayStatus(await askHall(context, { call: 'open' })),
  },
  {
    name: 'hall status',
    summary: 'who serves, which voters are heard, who waits and who is called',
    run: async (context) => sayStatus(await askHall(context, { call: 'status' })),
  },
  {
    name: 'hall take-over',
    summary: 'this station serves from now on, if a majority promises; --forced goes on alone where there is none',
    usage: '[--forced]',
    options: { forced: { type: 'boolean' } },
    run: async (context) =>
      sayStatus(await askHall(context, { call: 'takeOver', forced: context.options['forced'] === true })),
  },
  {
    name: 'hall close',
    summary: 'closes the day',
    usage: '[--command-id ID]',
    options: idOption,
    async run(context) {
      const id = commandIdOf(context)
      if (!id.ok) return id
      const closed = await askHall(context, { call: 'command', id: id.value, command: { type: 'close' } })
      return closed.ok ? sayStatus(await askHall(context, { call: 'status' })) : closed
    },
  },
  {
    name: 'hall log',
    summary: 'writes what a majority has as a file that replay reads; every station writes the same',
    usage: '--out FILE',
    options: { out: { type: 'string' } },
    run: async (context) => (await import('./hallLog.ts')).hallLog(context),
  },
  {
    name: 'hall replay',
    summary: 'makes the tickets of the day from a log alone, and counts',
    usage: 'FILE',
    run: async (context) => (await import('./hallLog.ts')).hallReplay(context),
  },
]

const sayStatus = (answer: Result<unknown>): Result<Said> => {
  if (!answer.ok) return answer
  const status = answer.value as HallStatus
  return ok({ json: status, text: textOf(status).join('\n') })
}

const textOf = ({ role, station, epoch, serving, day, open, voters, waiting, called, ...more }: HallStatus) => [
  `${station} is ${role} in epoch ${String(epoch)}; ${serving === undefined ? 'nobody serves' : `${serving} serves`}`,
  `${day ?? 'no day'} ${open ? 'open' : 'closed'}; ${String(voters.reachable)} of ${String(voters.all)} voters are heard`,
  ...waiting.map(
    ({ service, count, longestSeconds }) =>
      `    ${service}  ${String(count)} wait, the longest ${String(longestSeconds)} s`,
  ),
  ...called.map(({ ticket, counter }) => `    ${ticket} at ${String(counter)}`),
  ...more.tail.map(
    ({ station: of, what, ticket }) => `    never confirmed, on the disk of ${of}: ${ticket ?? ''} ${what}`,
  ),
  ...more.doubts.map((of) => `    the disk of ${of} lost what it had said it had`),
  ...(more.later === 0
    ? []
    : [`    older than the others: ${String(more.later)} entries are not understood here; update it`]),
]
