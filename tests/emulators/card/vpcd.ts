import { spawn } from 'node:child_process'
import type { CardLink } from '#drivers/fake/faultyCard.ts'

export interface PluggedCard {
  /** Pulls the card out. */
  pull(): Promise<void>
  /** Resolves when the card has left the reader, pulled by hand or by its own fault. */
  readonly left: Promise<void>
}

/** Control messages of vpcd, one byte each; everything longer is a command APDU. */
const control = { off: 0, on: 1, reset: 2, atr: 4 } as const

/**
 * The wire to vpcd. The driver writes length and content apart, so that each command waits for our acknowledgement of
 * the
 * length, which Linux delays by 40 ms unless it is told otherwise (TCP_QUICKACK, 12) after every read. Node cannot say
 * that,
 * Perl can, and is a part of every Debian.
 */
const relay = `
  use strict; use Socket qw(:DEFAULT IPPROTO_TCP TCP_NODELAY);
  my ($host, $port) = @ARGV; my $card;
  socket($card, PF_INET, SOCK_STREAM, 0) && connect($card, sockaddr_in($port, inet_aton($host))) or exit 1;
  setsockopt($card, IPPROTO_TCP, TCP_NODELAY, 1);
  syswrite(STDOUT, "\\0");
  while (1) {
    setsockopt($card, IPPROTO_TCP, 12, 1);
    my $ready = ''; vec($ready, fileno($card), 1) = 1; vec($ready, 0, 1) = 1;
    select($ready, undef, undef, undef);
    for ([$card, \\*STDOUT], [\\*STDIN, $card]) {
      next unless vec($ready, fileno($_->[0]), 1);
      exit 0 unless sysread($_->[0], my $bytes, 65536);
      setsockopt($card, IPPROTO_TCP, 12, 1);
      syswrite($_->[1], $bytes);
    }
  }`

/** Puts a card into a slot of vpcd, the virtual reader driver of pcscd, by its TCP port (35963, 35964). */
export async function plugCard(link: CardLink, port: number, host = '127.0.0.1'): Promise<PluggedCard> {
  const wire = spawn('perl', ['-e', relay, host, String(port)], { stdio: ['pipe', 'pipe', 'inherit'] })
  const left = new Promise<void>((resolve) => {
    wire.once('close', () => {
      resolve()
    })
  })
  wire.stdin.on('error', () => undefined)
  const say = (bytes: Uint8Array): void => {
    const length = Buffer.alloc(2)
    length.writeUInt16BE(bytes.length)
    wire.stdin.write(Buffer.concat([length, bytes]))
  }
  const answer = async (message: Uint8Array): Promise<void> => {
    if (message.length > 1) {
      const said = await link.transmit(message)
      // The driver knows no other way to say that an exchange failed: it waits for the card to be heard again.
      if (said === 'removed' || said === 'reset' || said === 'brokenOff') wire.kill()
      else if (said !== 'mute') say(said)
      // vpcd sees no card at all without an ATR, so a mute card gives its own here and is silent from then on.
    } else if (message[0] === control.atr) say(link.atr)
    else if (message[0] === control.reset || message[0] === control.on) link.reset()
  }
  let connected = false
  let waiting = Buffer.alloc(0)
  await new Promise<void>((resolve, reject) => {
    wire.once('error', reject)
    wire.once('close', () => {
      reject(new Error(`no virtual reader on port ${port}`))
    })
    // One listener from the first byte on: pcscd may ask for the ATR before the relay's greeting is read, and both then
    // come as one chunk.
    wire.stdout.on('data', (chunk: Buffer) => {
      waiting = Buffer.concat([waiting, chunk])
      if (!connected) {
        waiting = waiting.subarray(1)
        connected = true
        resolve()
      }
      while (waiting.length >= 2 && waiting.length >= 2 + waiting.readUInt16BE(0)) {
        const message = waiting.subarray(2, 2 + waiting.readUInt16BE(0))
        waiting = waiting.subarray(2 + message.length)
        void answer(Uint8Array.from(message))
      }
    })
  })
  return {
    left,
    pull: async () => {
      wire.kill()
      await left
    },
  }
}
