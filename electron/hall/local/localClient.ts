import { connect } from 'node:net'
import { readJson } from '#shared/domain/readJson.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { localAnswer } from './answer.ts'
import type { HallRequest } from '#shared/contract/hallCalls.ts'
import { withSocketPath } from './socketPath.ts'

/** Longer than any answer of a running station takes. */
const patience = 20_000

/**
 * Asks the running station of a data folder. Faults: hall.notRunning (none runs there), hall.unanswered (it ended
 * meanwhile), and those of the question.
 */
export const askStation = (dataDir: string, request: HallRequest): Promise<Result<unknown>> =>
  withSocketPath(
    dataDir,
    (path) =>
      new Promise((done) => {
        const socket = connect(path)
        const pieces: Buffer[] = []
        let sent = false
        socket.setTimeout(patience, () => socket.destroy())
        socket.on('connect', () => {
          sent = true
          socket.end(`${JSON.stringify(request)}\n`)
        })
        socket.on('data', (piece: Buffer) => pieces.push(piece))
        socket.on('error', () => undefined)
        socket.on('close', () => {
          const read = localAnswer.safeParse(readJson(Buffer.concat(pieces).toString('utf8')))
          if (!read.success) done(err(faultOf(sent ? 'hall.unanswered' : 'hall.notRunning')))
          else if (read.data.ok) done(ok(read.data.value))
          else done(err(faultOf(read.data.fault.code, read.data.fault.detail, read.data.fault.values)))
        })
      }),
  )
