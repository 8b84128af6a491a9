import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import maroc2026 from '../../resources/calendars/ma-2026.json' with { type: 'json' }
import maroc2027 from '../../resources/calendars/ma-2027.json' with { type: 'json' }
import { makeOffice } from '#electron/hall/office/makeOffice.ts'
import { parseAddress, sayAddress, type StationAddress } from '#electron/hall/office/roster.ts'
import { procedureCode, serviceLetter } from '#shared/domain/hall/ticket.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { writeWhole } from '#electron/worker/keys/wholeFile.ts'
import type { CommandContext, Said } from './command.ts'

/** `guichet hall init`: the data folders of an office. Faults: call.invalid; file.unwritable (there is one already). */
export async function hallInit(context: CommandContext): Promise<Result<Said>> {
  const asked = readAsked(context)
  if (!asked.ok) return asked
  const { out, ...parts } = asked.value
  const { addresses, voters } = parts
  const closed = [...maroc2026.days, ...maroc2027.days].map(({ date }) => date)
  const stations = makeOffice({ ...parts, closed }).map((one) => ({
    ...one,
    folder: join(out, one.name),
  }))
  const taken = stations.find(({ folder }) => existsSync(folder))
  if (taken !== undefined) return err(faultOf('file.unwritable', `${taken.folder} exists`))
  for (const { folder, files } of stations)
    for (const [name, content] of Object.entries(files)) {
      const done = writeWhole(join(folder, name), content)
      if (!done.ok) return err(faultOf('file.unwritable', done.fault.detail))
    }
  const made = stations.map(({ name, folder }, index) => ({
    station: name,
    data: folder,
    address: saidAt(addresses, index),
    votes: index < voters,
  }))
  return ok({
    json: { stations: made },
    text: made.map(({ data, address }) => `${data}  ${address}`).join('\n'),
  })
}

const saidAt = (addresses: readonly StationAddress[], index: number): string => {
  const address = addresses[index]
  return address === undefined ? '' : sayAddress(address)
}

interface AskedOffice {
  readonly out: string
  readonly addresses: readonly StationAddress[]
  readonly voters: number
  readonly services: readonly string[]
  readonly procedures: Readonly<Record<string, string>>
}

function readAsked({ options, positionals }: CommandContext): Result<AskedOffice> {
  const { stations, voters = stations, addresses, services, out } = options
  const invalid = (what: string) => err(faultOf('call.invalid', what))
  const count = Number(stations)
  if (!Number.isInteger(count) || count < 1 || count > 20) return invalid('--stations: 1 to 20')
  const voting = Number(voters)
  if (!Number.isInteger(voting) || voting < 1 || voting > count) return invalid('--voters: 1 to the number of stations')
  if (typeof out !== 'string' || out === '' || positionals.length > 0) return invalid('--out DIR')
  const places = String(addresses ?? '')
    .split(',')
    .map((text) => parseAddress(text.trim()))
  const known = places.flatMap((one) => (one === undefined ? [] : [one]))
  if (known.length !== places.length || known.length !== count)
    return invalid('--addresses: one HOST:PORT for each station')
  if (new Set(known.map(sayAddress)).size !== count) return invalid('--addresses: each once')
  const letters = String(services ?? '')
    .split(',')
    .map((text) => serviceLetter.safeParse(text.trim()).data)
  const named = letters.flatMap((one) => (one === undefined ? [] : [one]))
  if (named.length !== letters.length || new Set(named).size !== named.length)
    return invalid('--services: letters, A,B')
  const sheets = sheetsOf(options['procedures'], named)
  if (sheets === undefined) return invalid('--procedures: the code of a sheet for a service, A=CODE')
  return ok({ out: resolve(out), addresses: known, voters: voting, services: named, procedures: sheets })
}

/** `A=CODE,B=CODE`, each service at most once; nothing for anything else. */
function sheetsOf(text: unknown, services: readonly string[]): Readonly<Record<string, string>> | undefined {
  if (text === undefined) return {}
  if (typeof text !== 'string') return undefined
  const pairs = text
    .split(',')
    .map((pair) => /^([A-Z]{1,2})=(.+)$/.exec(pair.trim()) ?? [])
    .map(([, letter = '', code]) => ({ letter, code: procedureCode.safeParse(code).data }))
  const sheets = Object.fromEntries(pairs.flatMap(({ letter, code }) => (code === undefined ? [] : [[letter, code]])))
  const known = Object.keys(sheets)
  return known.length === pairs.length && known.every((letter) => services.includes(letter)) ? sheets : undefined
}
