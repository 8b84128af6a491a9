/**
 * A stranger's machine on the network of an office: it has read the roster, listens at the port of the stations, and says
 * without end that station 2 is there, under a key of its own.
 *
 *     node hallStranger.ts ROSTER HOST
 *
 * Prints SAID after each hundred, CALLED when somebody believed it.
 */
import { generateKeyPairSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { announce, officeCode } from '#electron/hall/net/announcement.ts'
import { openMulticast } from '#electron/hall/net/multicast.ts'
import { roster } from '#electron/hall/office/roster.ts'

const [, , file = '', host = ''] = process.argv
const signed = JSON.parse(readFileSync(file, 'utf8')) as { roster: unknown }
const office = officeCode(roster.parse(signed.roster))
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const said = announce(office, { station: 'station-2', host, port: 7100 }, privateKey)

createServer((socket) => {
  process.stdout.write('CALLED\n')
  socket.destroy()
}).listen({ host, port: 7100 })

const lan = openMulticast(() => undefined)
await lan.join([host])
let count = 0
setInterval(() => {
  lan.say(() => said)
  count += 1
  if (count % 100 === 0) process.stdout.write('SAID\n')
}, 2)
