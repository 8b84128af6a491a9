import { randomUUID } from 'node:crypto'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { FileMessage } from './node/message.ts'
import { isReachable, type NodeState } from './node/nodeState.ts'

/** Gives the file of this machine that has an id; nothing where there is none, or nobody to give it. */
export type GiveFile = (id: string) => Promise<string | undefined>

/** The files of tickets, between the counters that have them and those that called the tickets. */
export interface FileExchange {
  /** The file of a ticket that was called here. Faults: ticket.state, hall.fileAway, hall.fileGone. */
  fetch(ticket: string): Promise<Result<{ readonly file: string }>>
  received(from: string, one: FileMessage): void
}

export interface ExchangeParts {
  /** As new as what was committed when it was asked. */
  readonly look: () => Promise<Readonly<NodeState>>
  readonly send: (to: string, one: FileMessage) => void
  readonly give: GiveFile
  /** How long a file is waited for, in milliseconds. */
  readonly patience?: number
}

/**
 * A file goes from its counter to the one that called its ticket, in the connection of the two, when it is asked for.
 * Nothing of it is in the log, on a disk of the hall or at a third station. The log alone says who may have it.
 */
export function exchangeFiles({ look, send, give, patience = 8_000 }: ExchangeParts): FileExchange {
  const waiting = new Map<string, { readonly from: string; readonly done: (file: string | undefined) => void }>()
  const answer = async (from: string, { id, ticket }: Extract<FileMessage, { type: 'wantFile' }>): Promise<void> => {
    const { hall, office } = await look()
    const found = hall.tickets.get(ticket)
    const may = found?.state === 'called' && found.via === from && found.file?.station === office.me
    const file = may ? await give(found.file.id) : undefined
    send(from, { type: 'file', id, ...(file === undefined ? {} : { file }) })
  }
  return {
    async fetch(ticket) {
      const state = await look()
      const { hall, office } = state
      const found = hall.tickets.get(ticket)
      if (found?.file === undefined || found.state !== 'called' || found.via !== office.me)
        return err(faultOf('ticket.state', `${ticket} has no file for this station`, { ticket }))
      const { station } = found.file
      if (!isReachable(state, station)) return err(faultOf('hall.fileAway', station, { station }))
      const id = randomUUID()
      const file = await new Promise<string | undefined>((done) => {
        const late = setTimeout(done, patience, undefined)
        waiting.set(id, {
          from: station,
          done: (came) => {
            clearTimeout(late)
            done(came)
          },
        })
        send(station, { type: 'wantFile', id, ticket })
      })
      waiting.delete(id)
      return file === undefined ? err(faultOf('hall.fileGone', station, { station })) : ok({ file })
    },
    received(from, one) {
      if (one.type === 'wantFile') void answer(from, one)
      else if (waiting.get(one.id)?.from === from) waiting.get(one.id)?.done(one.file)
    },
  }
}
