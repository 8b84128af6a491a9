import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createSocketServer } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { Printer } from '#shared/ports/printer.ts'
import { decodeIpp } from './decode.ts'
import { encodeIpp } from './encode.ts'
import { groupTag, operation, type IppAttribute, type IppGroup, type IppMessage, type IppValue } from './message.ts'
import { openIppPrinters } from './printers.ts'
import { parseIppServer } from './server.ts'

const text = (name: string, ...values: [string, ...string[]]): IppAttribute => ({
  name,
  values: values.map((value): IppValue => ({ kind: 'text', tag: 0x44, value })) as [IppValue, ...IppValue[]],
})
const number = (name: string, value: number): IppAttribute => ({
  name,
  values: [{ kind: 'integer', tag: 0x23, value }],
})
const group = (tag: number, ...attributes: IppAttribute[]): IppGroup => ({ tag, attributes })

type Say = (message: IppMessage, response: ServerResponse, document: Buffer) => void
const servers: { close(): unknown; closeAllConnections?(): void }[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections?.()
    server.close()
  }
})

async function listen(server: Server | ReturnType<typeof createSocketServer>): Promise<number> {
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return address !== null && typeof address === 'object' ? address.port : 0
}
async function serverThat(say: Say): Promise<number> {
  return listen(
    createServer((request: IncomingMessage, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const body = Buffer.concat(chunks)
        const decoded = decodeIpp(body)
        if (decoded.ok) say(decoded.message, response, body.subarray(decoded.documentAt))
        else response.writeHead(400).end()
      })
    }),
  )
}
const reply = (asked: IppMessage, response: ServerResponse, groups: IppGroup[], code = 0): void => {
  response.end(
    encodeIpp({
      version: [2, 0],
      code,
      requestId: asked.requestId,
      groups: [group(groupTag.operation, text('attributes-charset', 'utf-8')), ...groups],
    }),
  )
}
const printersAt = (address: string): Printer => {
  const server = parseIppServer(address)
  if (server === undefined) throw new Error(address)
  return openIppPrinters({ server })
}
const queue = (...more: IppAttribute[]): IppGroup =>
  group(
    groupTag.printer,
    text('printer-name', 'Bureau'),
    number('printer-state', 3),
    text('media-supported', 'iso_a5_148x210mm'),
    ...more,
  )
const pdf = new TextEncoder().encode('%PDF-1.7 SPECIMEN')
const job = { printer: 'Bureau', title: '2026/RAB03-G2/000001', paper: 'a5' as const, pdf }

/** A queue that takes everything, with a chosen answer to Print-Job. */
const queueThat = (printJob: Say): Promise<number> =>
  serverThat((asked, response, document) => {
    if (asked.code === operation.printJob) printJob(asked, response, document)
    else reply(asked, response, [queue()])
  })

describe('printing by IPP', () => {
  it('sends the document after the message, untouched', async () => {
    let heard: { title: unknown; media: unknown; document: Buffer } | undefined
    const port = await queueThat((asked, response, document) => {
      const of = (tag: number, name: string): unknown =>
        asked.groups.find((one) => one.tag === tag)?.attributes.find((one) => one.name === name)?.values[0]
      heard = { title: of(1, 'job-name'), media: of(2, 'media'), document }
      reply(asked, response, [
        group(groupTag.job, { name: 'job-id', values: [{ kind: 'integer', tag: 0x21, value: 7 }] }),
      ])
    })
    expect(await printersAt(`localhost:${port}`).submit(job)).toEqual({ ok: true, value: { spoolerJob: '7' } })
    expect(heard).toMatchObject({ title: { value: '2026/RAB03-G2/000001' }, media: { value: 'iso_a5_148x210mm' } })
    expect(new Uint8Array(heard?.document ?? [])).toEqual(pdf)
  })

  it.each<[string, Say, string]>([
    [
      'refused by IPP',
      (asked, response) => {
        reply(asked, response, [], 0x0404)
      },
      'printer.refused',
    ],
    [
      'refused since the queue is closed',
      (asked, response) => {
        reply(asked, response, [], 0x0506)
      },
      'printer.closed',
    ],
    [
      'refused to this user',
      (asked, response) => {
        reply(asked, response, [], 0x0403)
      },
      'printer.notAllowed',
    ],
    [
      'refused by HTTP',
      (_, response) => {
        response.writeHead(403).end()
      },
      'printer.refused',
    ],
    [
      'cut off after the document',
      (_, response) => {
        response.destroy()
      },
      'printer.noAnswer',
    ],
    [
      'answered with garbage',
      (_, response) => {
        response.end('<html>')
      },
      'printer.noAnswer',
    ],
    [
      'answered with an error of the server',
      (_, response) => {
        response.writeHead(500).end()
      },
      'printer.noAnswer',
    ],
    [
      'answered for another request',
      (asked, response) => {
        reply({ ...asked, requestId: 99 }, response, [])
      },
      'printer.noAnswer',
    ],
    [
      'accepted without an id',
      (asked, response) => {
        reply(asked, response, [])
      },
      'printer.noAnswer',
    ],
  ])('a document %s is %s', async (_, printJob, code) => {
    expect(await printersAt(`localhost:${await queueThat(printJob)}`).submit(job)).toMatchObject({
      ok: false,
      fault: { code },
    })
  })

  it.each<[string, IppAttribute[], string]>([
    ['knows no A5', [text('media-supported', 'iso_a4_210x297mm')], 'printer.media'],
    ['takes no PDF', [text('document-format-supported', 'image/urf')], 'printer.refused'],
    [
      'accepts no jobs',
      [{ name: 'printer-is-accepting-jobs', values: [{ kind: 'boolean', value: false }] }],
      'printer.closed',
    ],
  ])('sends nothing to a printer that %s', async (_, attributes, code) => {
    let sent = false
    const port = await serverThat((asked, response) => {
      sent ||= asked.code === operation.printJob
      reply(asked, response, [group(groupTag.printer, text('printer-name', 'Bureau'), ...attributes)])
    })
    expect(await printersAt(`localhost:${port}`).submit(job)).toMatchObject({ ok: false, fault: { code } })
    expect(sent).toBe(false)
  })

  it('tells an absent CUPS from an absent printer, and sends nothing', async () => {
    const server = createSocketServer()
    const port = await listen(server)
    await new Promise((resolve) => server.close(resolve))
    expect(await printersAt(`localhost:${port}`).submit(job)).toMatchObject({ fault: { code: 'printer.noService' } })
    expect(await printersAt(`ipp://localhost:${port}/ipp/print`).submit(job)).toMatchObject({
      fault: { code: 'printer.unreachable' },
    })
    expect(await printersAt('/nowhere/cups.sock').list()).toMatchObject({ fault: { code: 'printer.noService' } })
  })

  it('takes a CUPS without queues for an empty list', async () => {
    const port = await serverThat((asked, response) => {
      reply(asked, response, [], 0x0406)
    })
    expect(await printersAt(`localhost:${port}`).list()).toEqual({ ok: true, value: [] })
  })

  it('gives up an answer without end', async () => {
    const port = await serverThat((_, response) => {
      const pour = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536)));
        response.once('drain', pour)
      }
      pour()
    })
    expect(await printersAt(`localhost:${port}`).list()).toMatchObject({ ok: false })
  })
})

describe('a job that CUPS calls completed', () => {
  const completed = group(groupTag.job, number('job-state', 9), text('job-name', 'the receipt'))
  const cupsBefore = (device: string): Promise<number> =>
    serverThat((asked, response) => {
      reply(asked, response, [
        asked.code === operation.getJobAttributes ? completed : queue(text('device-uri', device)),
      ])
    })
  const ended = (id: number, state: number, name = 'the receipt'): IppGroup =>
    group(
      groupTag.job,
      number('job-id', id),
      number('job-state', state),
      text('job-name', name),
      text('job-state-reasons', state === 8 ? 'aborted-by-system' : 'none'),
    )
  const outcomeOf = async (port: number): Promise<unknown> =>
    printersAt(`localhost:${port}`).outcome({ printer: 'Bureau', spoolerJob: '7' })

  it.each<[string, IppGroup[], unknown]>([
    ['agrees', [ended(3, 9)], { state: 'printed' }],
    ['aborted it', [ended(3, 8)], { state: 'failed', reasons: ['aborted-by-system'], message: '' }],
    ['aborted it at the first try only', [ended(3, 8), ended(4, 9)], { state: 'printed' }],
    ['aborted another one', [ended(3, 8, 'another')], { state: 'printed' }],
    ['remembers nothing', [], { state: 'printed' }],
  ])('while the printer %s', async (_, jobs, value) => {
    const device = await serverThat((asked, response) => {
      reply(asked, response, jobs)
    })
    expect(await outcomeOf(await cupsBefore(`ipp://localhost:${device}/ipp/print`))).toEqual({ ok: true, value })
  })

  it('counts as printed when the printer cannot be asked', async () => {
    for (const device of ['ipp://localhost:1/ipp/print', 'socket://localhost:9100', 'usb://x/y', 'file:/dev/null']) {
      expect(await outcomeOf(await cupsBefore(device))).toEqual({ ok: true, value: { state: 'printed' } })
    }
  })
})
