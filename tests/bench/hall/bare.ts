import { mkdirSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { majorityOf } from '#electron/hall/node/rules.ts'
import { answer, shared } from './fleet.ts'

/**
 * What an office costs without any office in it: a command goes to who serves, a record from there to each voter, every
 * one of them and the server sync it, and when a majority has, the command is answered. No TLS, no rule, no text.
 */
const [folder = '', me = '0', votes = '1', ...addresses] = process.argv.slice(2)
const voters = Number(votes)
/** As long as the record of a call. */
const record = Buffer.alloc(400)
const said = Buffer.alloc(100)

mkdirSync(folder, { recursive: true })
const file = await open(join(folder, `bare-${me}`), 'a')
const sync = async (): Promise<void> => {
  await file.appendFile(record)
  await file.datasync()
}

/** Calls `take` for each piece of a length. */
function pieces(socket: Socket, length: number, take: () => void): void {
  let held = 0
  socket.setNoDelay(true)
  socket.on('error', () => socket.destroy())
  socket.on('data', (chunk) => {
    for (held += chunk.length; held >= length; held -= length) take()
  })
}

const placeOf = (address = '') => ({ host: address.split(':')[0] ?? '', port: Number(address.split(':')[1]) })
const call = (address: string | undefined): Socket => connect(placeOf(address)).setNoDelay(true)
let asker: Socket | undefined
let onAnswer: () => void = () => undefined
let followers: Socket[] | undefined
let onDisk = 0

/** The server brings one record to a majority of disks. */
async function commit(): Promise<void> {
  if (followers === undefined) {
    followers = addresses.slice(1, voters).map(call)
    for (const one of followers) pieces(one, said.length, counted)
  }
  onDisk = 0
  for (const one of followers) one.write(record)
  await sync()
  counted()
}
let committed: () => void = () => undefined
function counted(): void {
  onDisk += 1
  if (onDisk === majorityOf(voters)) committed()
}

const server = createServer((socket) => {
  pieces(socket, record.length, () => {
    if (me !== '0') return void sync().then(() => socket.write(said))
    committed = () => socket.write(said)
    void commit()
  })
})
await new Promise<void>((done) => {
  server.listen(placeOf(addresses[Number(me)]), done)
})

const once = async (): Promise<number> => {
  const begun = shared()
  await new Promise<void>((done) => {
    onAnswer = done
    if (me === '0') {
      committed = done
      void commit()
      return
    }
    if (asker === undefined) {
      asker = call(addresses[0])
      pieces(asker, said.length, () => {
        onAnswer()
      })
    }
    asker.write(record)
  })
  return shared() - begun
}

answer(once, async () => {
  await file.close()
})
