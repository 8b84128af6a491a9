import { chmod, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { calendarFile } from '#shared/domain/hall/calendarFile.ts'
import { readJson } from '#shared/domain/readJson.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { writeLog } from '../logFile.ts'
import { isReachable } from '../node/nodeState.ts'
import { isInTouch } from '../node/serving.ts'
import { zoneOf } from '../office/readStation.ts'
import type { Station } from '../station.ts'
import { appointmentsOf, statusOf } from '../view.ts'
import { localRequest, type LocalRequest } from './request.ts'
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
      const request = localRequest.safeParse(readJson(Buffer.concat(pieces).toString('utf8')))
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

async function answerTo(station: Station, request: LocalRequest): Promise<Result<unknown>> {
  switch (request.call) {
    case 'status':
      return ok(statusOf(await station.look(), station.civil()))
    case 'open':
      return openDay(station)
    case 'takeOver': {
      const { serving } = station.state
      const serves = serving !== undefined && isInTouch(station.state, serving)
      const done = serves ? ok({}) : await station.takeOver({ forced: request.forced })
      return done.ok ? ok(statusOf(station.state, station.civil())) : done
    }
    case 'command':
      return station.ask(request.id, request.command)
    case 'appointments':
      return ok({ appointments: appointmentsOf(await station.look(), request.day) })
    case 'calendar': {
      const rule = zoneOf(station.facts.roster)
      if (rule === undefined) return err(faultOf('hall.roster', station.facts.roster.zone))
      const { hall } = await station.look()
      return ok({ text: calendarFile([...hall.bookings.values()], rule, station.facts.roster.log, station.civil()) })
    }
    case 'log':
      return ok({ text: writeLog(await station.look()) })
  }
}

/** Opens the day at this station. Fault: hall.isOpen, where another one has it open and serves. */
async function openDay(station: Station): Promise<Result<unknown>> {
  const state = await station.look()
  const { hall, server, office } = state
  const today = office.wall(station.civil()).day
  const elsewhere = server !== undefined && server.station !== office.me && isReachable(state, server.station)
  if (hall.open && hall.day === today && elsewhere)
    return err(faultOf('hall.isOpen', server.station, { station: server.station }))
  const opened = await station.takeOver({ open: true })
  return opened.ok ? ok(statusOf(station.state, station.civil())) : opened
}
