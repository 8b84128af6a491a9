import { join } from 'node:path'
import type { Keystore } from '#shared/contract/mainKeystore.ts'
import type { HallAnswer, HallCommand } from '#shared/domain/hall/command.ts'
import { faultOf, type Fault } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { exchangeFiles, type FileExchange, type GiveFile } from './fileExchange.ts'
import { openRecordFile, type RecordFile } from './disk/recordFile.ts'
import { openLinks, type LinkEvents, type Links } from './net/links.ts'
import { HallNode, type Moment } from './node/hallNode.ts'
import { Contradicted, mayGoFirst, type NodeState } from './node/nodeState.ts'
import { pace } from './node/pace.ts'
import type { TakeOver } from './node/candidacy.ts'
import { stationFile } from './office/makeOffice.ts'
import { readStation, type StationFacts } from './office/readStation.ts'

/** A running station. */
export interface Station {
  readonly facts: StationFacts
  /** Its state; what `look` resolves to is as new as what was committed when it was asked. */
  readonly state: Readonly<NodeState>
  look(): Promise<Readonly<NodeState>>
  /** The instant on its civil clock, in milliseconds. */
  civil(): number
  ask(id: string, command: HallCommand): Promise<Result<HallAnswer>>
  takeOver(how: Pick<TakeOver, 'open' | 'forced'>): Promise<Result<HallAnswer>>
  readonly files: Pick<FileExchange, 'fetch'>
  /** Resolves when it ends by itself: the disk fails, the log is contradicted. */
  readonly ended: Promise<Fault>
  close(): Promise<void>
}

export interface StationSetting {
  /** Milliseconds to add to the machine's wall clock (demonstration). */
  readonly clockOffset?: number
  /** Opens the station's keys, where they are wrapped. */
  readonly keystore?: Keystore
  /** Gives the files of this machine's register; nobody does where no worker is joined. */
  readonly give?: GiveFile
  /** Whether stations are looked for when they are not at the addresses of the roster. */
  readonly discovery?: boolean
}

/**
 * Runs the station of a data folder: listens at its address, and joins the hall. Faults: hall.roster, hall.keystore,
 * hall.address, hall.damaged, hall.disk.
 */
export async function runStation(
  dataDir: string,
  { clockOffset = 0, keystore, discovery = true, give = nobodyGives }: StationSetting = {},
): Promise<Result<Station>> {
  const facts = await readStation(dataDir, keystore)
  if (!facts.ok) return facts
  const { value } = facts
  const inputs: ((node: HallNode) => void)[] = []
  let wake: () => void = () => undefined
  const input = (act: (node: HallNode) => void): void => {
    inputs.push(act)
    wake()
  }
  const moment = (): Moment => ({ now: performance.now(), civil: Date.now() + clockOffset })
  let onFile: LinkEvents['file'] = () => undefined
  const events: LinkEvents = {
    file: (from, one) => {
      onFile(from, one)
    },
    received: (from, one) => {
      input((node) => {
        node.receive(moment(), from, one)
      })
    },
    lost: (station) => {
      input((node) => {
        node.lost(moment(), station)
      })
    },
  }
  // The address is the lock: two processes of one station would write into one log.
  const links = await openLinks(value, events, discovery)
  if (!links.ok) return links
  const file = await openRecordFile(join(dataDir, stationFile.log), value.logKey)
  const node = file.ok ? nodeOf(value, file.value, moment()) : file
  if (!file.ok || !node.ok) {
    await links.value.close()
    if (file.ok) await file.value.close()
    return file.ok ? (node as Result<never>) : file
  }
  return ok(
    drive({
      facts: value,
      node: node.value,
      file: file.value,
      links: links.value,
      inputs,
      input,
      moment,
      give,
      onWake: (then) => {
        wake = then
      },
      onFile: (then) => {
        onFile = then
      },
    }),
  )
}

const nobodyGives: GiveFile = () => Promise.resolve(undefined)

const nodeOf = (facts: StationFacts, file: RecordFile, at: Moment): Result<HallNode> => {
  try {
    return ok(new HallNode(facts.office, file.records, at))
  } catch (cause) {
    if (cause instanceof Contradicted) return err(faultOf('hall.damaged', cause.message))
    throw cause
  }
}

interface Parts {
  readonly facts: StationFacts
  readonly node: HallNode
  readonly file: RecordFile
  readonly links: Links
  readonly inputs: ((node: HallNode) => void)[]
  readonly input: (act: (node: HallNode) => void) => void
  readonly moment: () => Moment
  readonly give: GiveFile
  readonly onWake: (wake: () => void) => void
  readonly onFile: (hear: LinkEvents['file']) => void
}

/** Takes what came in together, brings its records to disk with one sync, and only then sends and answers. */
function drive({ facts, node, file, links, inputs, input, moment, give, onWake, onFile }: Parts): Station {
  const waiting = new Map<number, (result: Result<HallAnswer>) => void>()
  let tokens = 0
  let busy = false
  let stopped = false
  let end: (fault: Fault) => void = () => undefined
  const ended = new Promise<Fault>((done) => {
    end = done
  })

  const go = async (): Promise<void> => {
    if (busy || stopped) return
    busy = true
    try {
      while (inputs.length > 0 && !isStopped()) {
        const acts = inputs.splice(0)
        for (const act of acts) act(node)
        const { records, sends, replies } = node.settle()
        const written = records.length > 0 ? file.append(records) : undefined
        const first = ({ message }: (typeof sends)[number]): boolean => mayGoFirst(facts.office, message)
        for (const one of sends) if (first(one)) links.send(one.to, one.message)
        await written
        if (isStopped()) return
        for (const one of sends) if (!first(one)) links.send(one.to, one.message)
        for (const { token, result } of replies) {
          waiting.get(token)?.(result)
          waiting.delete(token)
        }
      }
    } catch (cause) {
      await stop(
        cause instanceof Contradicted ? faultOf('hall.damaged', cause.message) : faultOf('hall.disk', codeOf(cause)),
      )
    } finally {
      busy = false
    }
  }
  // A function, so that the compiler does not take what it was before an await for what it is.
  const isStopped = (): boolean => stopped
  onWake(() => void go())
  const timer = setInterval(() => {
    input((one) => {
      one.tick(moment())
    })
  }, pace.tick)
  void go()

  const stop = async (fault: Fault): Promise<void> => {
    if (stopped) return
    stopped = true
    clearInterval(timer)
    for (const answer of waiting.values()) answer(err(fault))
    waiting.clear()
    await links.close()
    await file.close().catch(() => undefined)
    end(fault)
  }
  const answered = (act: (one: HallNode, token: number) => void): Promise<Result<HallAnswer>> => {
    if (stopped) return Promise.resolve(err(faultOf('hall.notRunning')))
    tokens += 1
    const token = tokens
    return new Promise((done) => {
      waiting.set(token, done)
      input((one) => {
        act(one, token)
      })
    })
  }
  const look = async (): Promise<Readonly<NodeState>> => {
    await answered((one, token) => {
      one.lookUp(moment(), token)
    })
    return node.state
  }
  const files = exchangeFiles({
    look,
    give,
    send: (to, one) => {
      links.send(to, one)
    },
  })
  onFile((from, one) => {
    files.received(from, one)
  })
  return {
    facts,
    files,
    get state() {
      return node.state
    },
    look,
    civil: () => moment().civil,
    ask: (id, command) =>
      answered((one, token) => {
        one.ask(moment(), token, id, command)
      }),
    takeOver: (how) =>
      answered((one, token) => {
        one.takeOver(moment(), { ...how, token })
      }),
    ended,
    close: () => stop(faultOf('hall.notRunning')),
  }
}

const codeOf = (cause: unknown): string =>
  cause instanceof Error ? ('code' in cause ? String(cause.code) : cause.name) : 'unknown'
