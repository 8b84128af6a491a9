import { chmod, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { hallRequest } from '#shared/contract/hallCalls.ts'
import { readJson } from '#shared/domain/readJson.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { Station } from '../station.ts'
import { answerTo } from './answerTo.ts'
import { withSocketPath } from './socketPath.ts'

/** A question is short. */
const longest = 64 * 1024

/**
 * Answers the commands of this machine at a socket in the data folder, which only its owner may open. A socket that a
 * killed station left is taken away: the address on the network is the lock. Fault: hall.disk.
 */
export async function serveLocal(dataDir: string, station: Station): Promise<Result<{ close(): Promise<void> }>> {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    const pieces: Buffer[] = []
    let held = 0
    socket.on('error', () => socket.destroy())
    socket.on('data', (piece: Buffer) => {
      held += piece.length
      if (held > longest) socket.destroy()
      else pieces.push(piece)
    })
    socket.on('end', () => {
      const request = hallRequest.safeParse(readJson(Buffer.concat(pieces).toString('utf8')))
      const answer = request.success ? answerTo(station, request.data) : Promise.resolve(err(faultOf('call.invalid')))
      void answer.then((result) => socket.end(JSON.stringify(result)))
    })
  })
  try {
    await withSocketPath(dataDir, async (path) => {
      if (process.platform !== 'win32') await rm(path, { force: true })
      await listen(server, path)
      if (process.platform !== 'win32') await chmod(path, 0o600)
    })
  } catch (cause) {
    return err(faultOf('hall.disk', cause instanceof Error && 'code' in cause ? String(cause.code) : 'socket'))
  }
  return ok({
    close: () =>
      new Promise((done) => {
        server.close(() => {
          done()
        })
      }),
  })
}

const listen = (server: Server, path: string): Promise<void> =>
  new Promise((done, fail) => {
    server.once('error', fail)
    server.listen(path, () => {
      done()
    })
  })
