import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { buildGuestImage } from './guestImage.ts'
import { texts, type GuestNews } from './scenario.ts'

/** The guest boots in about 15 s on two busy cores; in milliseconds. */
const patience = 100_000

/**
 * Boots a Linux in QEMU whose kernel has HID devices, and lets our drivers read them there. Resolves to all the guest
 * told.
 * @param onNews hears each as it comes
 */
export async function runGuest(onNews: (news: GuestNews) => void = () => undefined): Promise<readonly GuestNews[]> {
  const { kernel, initramfs } = await buildGuestImage()
  const folder = await mkdtemp(join(tmpdir(), 'hid-guest-'))
  const line = join(folder, 'line')
  // Without hardware virtualisation: it hangs on machines that are virtual themselves.
  const guest = spawn(
    'qemu-system-x86_64',
    [
      '-accel',
      'tcg,thread=multi',
      '-cpu',
      'max',
      '-smp',
      '2',
      '-m',
      '1024',
      '-nodefaults',
      '-display',
      'none',
      '-no-reboot',
      '-kernel',
      kernel,
      '-initrd',
      initramfs,
      '-append',
      'console=ttyS0 quiet panic=-1 rdinit=/init',
      '-serial',
      'stdio',
      '-serial',
      `unix:${line},server=on,wait=off`,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  const ended = once(guest, 'close')
  const tooLate = setTimeout(() => {
    guest.kill()
  }, patience)
  const told: GuestNews[] = []
  const other: string[] = []
  try {
    guest.stderr.on('data', (bytes: Buffer) => other.push(bytes.toString()))
    for await (const text of createInterface({ input: guest.stdout })) {
      const news = newsIn(text)
      if (news === undefined) {
        other.push(text)
        continue
      }
      told.push(news)
      onNews(news)
      if (news.kind === 'serialReady') connect(line).end(`\u0002${texts.td3.join('\r')}\r\u0003`)
      if (news.kind === 'done') break
    }
    if (told.at(-1)?.kind !== 'done')
      throw new Error(
        `the guest told ${told.map((news) => news.kind).join(', ')}, then nothing:\n${other.slice(-40).join('\n')}`,
      )
    return told
  } finally {
    clearTimeout(tooLate)
    guest.kill()
    await ended
    await rm(folder, { recursive: true, force: true })
  }
}

const newsIn = (text: string): GuestNews | undefined => {
  const at = text.indexOf('{"kind":')
  // Our own guest wrote it on a line of its own.
  return at < 0 ? undefined : (JSON.parse(text.slice(at)) as GuestNews)
}
