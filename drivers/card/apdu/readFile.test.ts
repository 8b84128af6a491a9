import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CardChannel } from '#shared/ports/cardChannel.ts'
import { ok } from '#shared/result.ts'
import { readFile, readSelected, type FileSpec } from './readFile.ts'

const file: FileSpec = { path: [0x3f00, 0x4031], limit: 4096, extent: () => undefined }

/**
 * How readers and cards differ: `exact` answers 6Cxx at the end, `short` hands out fewer bytes, in blocks of a limited
 * size.
 */
type Style = 'exact' | 'short'

function channelOf(content: Uint8Array, style: Style = 'exact', largest = 256): CardChannel & { sent: string[] } {
  const sent: string[] = []
  const status = (value: number): Uint8Array => Uint8Array.of(value >> 8, value & 0xff)
  return {
    sent,
    reader: 'r',
    atr: new Uint8Array(0),
    transmit: (command) => {
      sent.push(Buffer.from(command).toString('hex'))
      if (command[1] === 0xa4) return Promise.resolve(ok(status(0x9000)))
      const offset = ((command[2] ?? 0) << 8) | (command[3] ?? 0)
      const le = command[4] === 0 ? 256 : (command[4] ?? 0)
      const left = content.length - offset
      if (left <= 0) return Promise.resolve(ok(status(0x6b00)))
      if (left < le && style === 'exact') return Promise.resolve(ok(status(0x6c00 | left)))
      return Promise.resolve(
        ok(Buffer.concat([content.subarray(offset, offset + Math.min(le, largest)), status(0x9000)])),
      )
    },
  }
}

describe('reading a file whose length nobody tells', () => {
  it('gets every byte from every kind of card and reader', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 1500 }),
        fc.constantFrom<Style>('exact', 'short'),
        fc.integer({ min: 32, max: 256 }),
        async (content, style, largest) => {
          const read = await readFile(channelOf(content, style, style === 'exact' ? 256 : largest), file)
          expect(read.ok && read.value && Buffer.compare(read.value, content)).toBe(0)
        },
      ),
    )
  })

  it('takes 6Cxx as the end: select, blocks, and one repetition', async () => {
    const channel = channelOf(new Uint8Array(323).fill(7))
    await readFile(channel, file)
    expect(channel.sent).toEqual(['00a4080c043f004031', '00b0000000', '00b0010000', '00b0010043'])
  })

  it('takes 6B00 as the end of a file that is a multiple of the block, when the card says it twice', async () => {
    const channel = channelOf(new Uint8Array(512).fill(7))
    const read = await readFile(channel, file)
    expect(read.ok && read.value?.length).toBe(512)
    expect(channel.sent.slice(3)).toEqual(['00b0020000', '00a4080c043f004031', '00b0020000'])
  })

  it('asks for no more than the content announces', async () => {
    const channel = channelOf(new Uint8Array(2500).fill(7))
    const read = await readFile(channel, { ...file, extent: () => ({ exactly: 300 }) })
    expect(read.ok && read.value?.length).toBe(300)
    expect(channel.sent.at(-1)).toBe('00b001002c')
  })

  it('says so when the file stops before its content', async () => {
    const read = await readFile(channelOf(new Uint8Array(100).fill(7)), { ...file, extent: () => ({ atLeast: 101 }) })
    expect(read).toMatchObject({ ok: false, fault: { code: 'card.malformed' } })
  })

  it('has an end even when the card has none', async () => {
    for (const size of [1, 256]) {
      const endless: CardChannel = {
        reader: 'r',
        atr: new Uint8Array(0),
        transmit: () => Promise.resolve(ok(Uint8Array.from([...new Uint8Array(size), 0x90, 0x00]))),
      }
      expect(await readSelected(endless, file)).toMatchObject({ ok: false, fault: { code: 'card.malformed' } })
    }
  })

  it('selects and reads on from there after one doubtful answer, whatever it is', async () => {
    const content = Uint8Array.from({ length: 1000 }, (_, at) => at)
    const doubts = [[0x6b, 0x00], [0x69, 0x86], [0x90, 0x00], [0x6f, 0x00], [0x67, 0x00], [0x90]]
    for (const doubt of doubts)
      for (let at = 0; at < 6; at += 1) {
        const whole = channelOf(content)
        let asked = 0
        const bent: CardChannel = {
          ...whole,
          transmit: async (command) => {
            const answer = await whole.transmit(command)
            return (asked += 1) === at + 1 ? ok(Uint8Array.from(doubt)) : answer
          },
        }
        const read = await readFile(bent, file)
        expect(read.ok && read.value && Buffer.compare(read.value, content)).toBe(0)
      }
  })

  it('gets every byte from a card that calls the most it gives the end', async () => {
    const content = Uint8Array.from({ length: 1037 }, (_, at) => at)
    const capped: CardChannel = {
      reader: 'r',
      atr: new Uint8Array(0),
      transmit: (command) => {
        if (command[1] === 0xa4) return Promise.resolve(ok(Uint8Array.of(0x90, 0x00)))
        const offset = ((command[2] ?? 0) << 8) | (command[3] ?? 0)
        const le = command[4] === 0 ? 256 : (command[4] ?? 0)
        const left = Math.min(100, content.length - offset)
        if (left <= 0) return Promise.resolve(ok(Uint8Array.of(0x6b, 0x00)))
        return Promise.resolve(
          ok(
            le > left
              ? Uint8Array.of(0x6c, left)
              : Buffer.concat([content.subarray(offset, offset + le), Uint8Array.of(0x90, 0x00)]),
          ),
        )
      },
    }
    const read = await readFile(capped, file)
    expect(read.ok && read.value && Buffer.compare(read.value, content)).toBe(0)
  })

  it('never throws, whatever the card answers', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 260 }), { minLength: 1, maxLength: 20 }),
        async (answers) => {
          let at = 0
          const noise: CardChannel = {
            reader: 'r',
            atr: new Uint8Array(0),
            transmit: () => Promise.resolve(ok(answers[(at += 1) % answers.length] ?? new Uint8Array(0))),
          }
          const read = await readFile(noise, file)
          expect(read.ok || ['card.malformed', 'card.refused'].includes(read.fault.code)).toBe(true)
        },
      ),
    )
  })

  it('finds no file where the card has none', async () => {
    const channel: CardChannel = {
      reader: 'r',
      atr: new Uint8Array(0),
      transmit: () => Promise.resolve(ok(Uint8Array.of(0x6a, 0x82))),
    }
    expect(await readFile(channel, file)).toEqual({ ok: true, value: undefined })
  })
})
