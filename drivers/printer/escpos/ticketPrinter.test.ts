import { execFileSync } from 'node:child_process'
import { open as openFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { ticketPrinterAddress } from '#shared/domain/ticketPrinterAddress.ts'
import type { TicketRaster } from '#shared/ports/ticketPrinter.ts'
import { startEscposPrinter, type EscposMood, type EscposPrinter } from '#tests/emulators/escpos/escposPrinter.ts'
import { temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { harmless, ticketBytes } from './commands.ts'
import { openDeviceLine } from './deviceLine.ts'
import { openTicketPrinter } from './openTicketPrinter.ts'
import { isStatus, stateOf } from './status.ts'

/** Where an answer comes, a busy machine may take its time; where none comes, that is soon known. */
const patient = { connect: 5_000, answer: 5_000, send: 10_000, print: 10_000 }
const quick = { connect: 1_000, answer: 800, send: 1_000, print: 1_500 }
const open: EscposPrinter[] = []
const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
  for (const printer of open.splice(0)) await printer.close()
})
async function started(dots: 576 | 384 = 576, patience = patient) {
  const printer = await startEscposPrinter()
  open.push(printer)
  return { printer, driver: openTicketPrinter({ host: '127.0.0.1', port: printer.port, dots }, patience) }
}
/**
 * The same printer as a device of this machine: two pipes stand for the one place that a real one is written to and read
 * at. No printer at a real USB was tried.
 */
async function atUsb(patience = patient) {
  const printer = await startEscposPrinter()
  const folder = temporaryFolder()
  const [to, from] = [join(folder.path, 'to'), join(folder.path, 'from')]
  execFileSync('mkfifo', [to, from])
  const socket = connect({ host: '127.0.0.1', port: printer.port })
  const cable = new AbortController()
  const { signal } = cable
  // Both ends open for both directions: a pipe that nobody writes to is no end of a file.
  const ends = [await openFile(to, 'r+'), await openFile(from, 'r+')] as const
  ends[0]
    .createReadStream({ signal, autoClose: false })
    .on('error', () => undefined)
    .pipe(socket)
  socket.on('error', () => undefined).pipe(ends[1].createWriteStream({ autoClose: false }).on('error', () => undefined))
  open.push(printer)
  closing.push(async () => {
    cable.abort()
    socket.destroy()
    // A read that waits in the kernel ends with the next byte.
    await ends[0].write(Uint8Array.of(0))
    await Promise.all(ends.map((end) => end.close().catch(() => undefined)))
    folder.remove()
  })
  const address = { device: to, dots: 576 } as const
  return { printer, driver: openTicketPrinter(address, patience, () => openDeviceLine(to, patience, from)) }
}
/** Diagonals: every row is another one. */
const picture = (width: 576 | 384, height = 300): TicketRaster => ({
  width,
  height,
  bits: Uint8Array.from({ length: (width / 8) * height }, (_, at) => (at * 37) & 0xef),
})

test.each([576, 384] as const)('a ticket of %d dots comes out dot by dot, in bands, once', async (dots) => {
  const { printer, driver } = await started(dots)
  const sent = picture(dots)
  valueOf(await driver.print(sent))
  expect(printer.tickets).toHaveLength(1)
  const [ticket] = printer.tickets
  expect(ticket).toMatchObject({ width: dots, height: 300 })
  const out = Uint8Array.from({ length: sent.bits.length }, (_, at) =>
    Array.from({ length: 8 }, (_, bit) => ticket?.dots[at * 8 + bit] ?? 0).reduce((sum, dot) => sum * 2 + dot, 0),
  )
  expect(Buffer.from(out).equals(Buffer.from(sent.bits))).toBe(true)
  expect(driver.seen()).toEqual({ state: 'ready', dots, low: false })
})

test.each<[EscposMood, string]>([
  ['out', 'paper'],
  ['cover', 'cover'],
  ['offline', 'offline'],
  ['silent', 'unreachable'],
  ['babble', 'unreachable'],
])('%s: nothing is sent, and it is said why', async (mood, why) => {
  const { printer, driver } = await started(576, ['silent', 'babble'].includes(mood) ? quick : patient)
  printer.set(mood)
  if (mood !== 'babble') expect(valueOf(await driver.status())).toEqual({ state: 'out', dots: 576, why })
  const answer = await driver.print(picture(576))
  if (mood === 'babble') expect(answer.ok).toBe(false)
  else expect(answer).toMatchObject({ ok: false, fault: { code: 'ticket.noPaper', detail: why } })
  expect(printer.rowsOut() + printer.tickets.length).toBe(0)
})

describe('at the USB of the machine', () => {
  test('a ticket comes out, and the printer is asked before and after', async () => {
    const { printer, driver } = await atUsb()
    expect(valueOf(await driver.status())).toEqual({ state: 'ready', dots: 576, low: false })
    valueOf(await driver.print(picture(576)))
    expect(printer.tickets).toMatchObject([{ width: 576, height: 300 }])
    printer.set('out')
    expect(await driver.print(picture(576))).toMatchObject({ fault: { code: 'ticket.noPaper', detail: 'paper' } })
    expect(printer.tickets).toHaveLength(1)
  })

  test('paper that ends in the middle is no printed ticket', async () => {
    const { printer, driver } = await atUsb()
    printer.after(100, 'out')
    expect(await driver.print(picture(576))).toMatchObject({ fault: { code: 'printer.noAnswer', detail: 'paper' } })
    expect(printer.tickets).toHaveLength(0)
  })

  test('a printer that never says a word prints, and it is known that nothing is known', async () => {
    const { printer, driver } = await atUsb(quick)
    printer.set('silent')
    expect(valueOf(await driver.status())).toEqual({ state: 'ready', dots: 576, low: false, mute: true })
    valueOf(await driver.print(picture(576)))
    await vi.waitFor(() => {
      expect(printer.tickets).toHaveLength(1)
    })
    expect(driver.seen()).toMatchObject({ mute: true })
  })

  test('one that has answered once and is silent now is out of reach', async () => {
    const { printer, driver } = await atUsb(quick)
    valueOf(await driver.status())
    printer.set('silent')
    expect(await driver.print(picture(576))).toMatchObject({ fault: { code: 'ticket.noPaper', detail: 'unreachable' } })
  })

  test('no device: nothing is sent', async () => {
    const driver = openTicketPrinter({ device: '/nowhere/lp0', dots: 576 }, quick)
    expect(valueOf(await driver.status())).toEqual({ state: 'out', dots: 576, why: 'unreachable' })
    expect(await driver.print(picture(576))).toMatchObject({ fault: { code: 'ticket.noPaper' } })
  })
})

test('an address of the USB is one device of the kernel, and nothing else', () => {
  expect(ticketPrinterAddress('usb:/dev/usb/lp0')).toEqual({ device: '/dev/usb/lp0', dots: 576 })
  expect(ticketPrinterAddress('usb:/dev/usb/lp12/58')).toEqual({ device: '/dev/usb/lp12', dots: 384 })
  for (const other of ['usb:', 'usb:/dev/sda', 'usb:/dev/usb/lp0/../sda', '/dev/usb/lp0', 'usb:/dev/usb/lp'])
    expect(ticketPrinterAddress(other)).toBeUndefined()
})

test('a roll that ends soon still prints, and says so', async () => {
  const { printer, driver } = await started()
  printer.set('low')
  expect(valueOf(await driver.status())).toEqual({ state: 'ready', dots: 576, low: true })
  valueOf(await driver.print(picture(576)))
  expect(printer.tickets).toHaveLength(1)
})

test('paper that ends in the middle is no printed ticket, and its rest is forgotten', async () => {
  const { printer, driver } = await started()
  printer.after(100, 'out')
  expect(await driver.print(picture(576))).toMatchObject({ fault: { code: 'printer.noAnswer', detail: 'paper' } })
  await vi.waitFor(() => {
    expect(printer.counts.cleared).toBe(1)
  })
  printer.set('ready')
  valueOf(await driver.print(picture(576)))
  expect(printer.tickets).toHaveLength(1)
})

test('a printer that vanishes in the middle is no printed ticket', async () => {
  const { printer, driver } = await started(576, quick)
  printer.after(50, 'vanish')
  expect(await driver.print(picture(576))).toMatchObject({ fault: { code: 'printer.noAnswer' } })
  await printer.close()
  open.length = 0
  expect(await driver.print(picture(576))).toMatchObject({ fault: { code: 'ticket.noPaper' } })
  expect(driver.seen()).toMatchObject({ state: 'out', why: 'unreachable' })
})

test('two tickets at once come out one after the other', async () => {
  const { printer, driver } = await started()
  await Promise.all([driver.print(picture(576)), driver.status(), driver.print(picture(576, 40))])
  expect(printer.tickets.map(({ height }) => height)).toEqual([300, 40])
})

test('a printer that refuses for a moment, as while it hears somebody else, is asked again', async () => {
  const { printer, driver } = await started()
  await printer.close()
  const status = driver.status()
  open.push(await startEscposPrinter(printer.port))
  open.shift()
  expect(valueOf(await status)).toMatchObject({ state: 'ready' })
})

test('a ticket of another width is not sent', async () => {
  const { printer, driver } = await started(384)
  expect(await driver.print(picture(576))).toMatchObject({ fault: { code: 'printer.media' } })
  expect(printer.counts.connections).toBe(0)
})

test('no picture spells a command in real time, and none loses a dot', () => {
  const spiced = fc.array(fc.constantFrom(0x10, 0x04, 0x05, 0x14, 0x01, 0xff), { minLength: 48, maxLength: 480 })
  fc.assert(
    fc.property(spiced, (bytes) => {
      const safe = harmless(Uint8Array.from(bytes))
      expect(safe.every((byte, at) => (byte & (bytes[at] ?? 0)) === bytes[at])).toBe(true)
      expect(safe.some((byte, at) => byte === 0x10 && [0x04, 0x05, 0x14].includes(safe[at + 1] ?? 0))).toBe(false)
    }),
  )
  expect(ticketBytes(picture(384, 129)).length).toBe(5 + 2 * 8 + 48 * 129 + 10)
})

test('any three answers are some state', () => {
  const byte = fc.option(fc.integer({ min: 0, max: 255 }).filter(isStatus), { nil: undefined })
  fc.assert(
    fc.property(byte, byte, byte, (printer, cause, paper) => {
      const state = stateOf({ printer, cause, paper }, 384)
      const bad = [printer, cause, paper].includes(undefined) || ((cause ?? 0) & 0x24) !== 0
      if (bad) expect(state.state).toBe('out')
    }),
  )
})
