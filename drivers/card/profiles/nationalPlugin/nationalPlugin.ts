import { createHash } from 'node:crypto'
import type { Photo } from '#shared/domain/identity/identity.ts'
import { faultOf } from '#shared/fault.ts'
import type { CardChannel } from '#shared/ports/cardChannel.ts'
import { pluginLimits, pluginProtocol, type FromPlugin, type PluginEntry } from '#shared/ports/nationalCard.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { jpegSize } from '../../jpeg.ts'
import type { CardContent, CardProfile, ProfileContext } from '../../profile.ts'
import { checkPlugin } from './pluginList.ts'
import { startPlugin, type PluginProcess } from './pluginProcess.ts'

/** Cards that are read by a program of the country's own. */
export const nationalPlugin = (entry: PluginEntry): CardProfile => ({
  name: `plugin:${entry.name}`,
  recognise: (channel) =>
    Promise.resolve(
      ok(async (context) => {
        const read = await converse(channel, entry, context)
        if (!read.ok) return read
        const content = contentOf(entry, read.value)
        context.onContent('identity', content)
        return ok(content)
      }),
    ),
})

/** Whether a plug-in is asked for a card with this answer to reset before anybody else. */
export const isAskedFirst = ({ atrs }: PluginEntry, atr: Uint8Array): boolean => {
  const hex = Buffer.from(atr).toString('hex').toUpperCase()
  return atrs.some((beginning) => hex.startsWith(beginning.toUpperCase()))
}

type Said = Extract<FromPlugin, { type: 'identity' }>

/**
 * One card read by a plug-in, from its start to its end. Faults: card.pluginRefused when the file is not the one that
 * was examined;
 * card.pluginFailed when it hangs, dies or talks otherwise than agreed; card.unsupported when the card is none of its
 * own; what the
 * plug-in says itself; those of the channel; call.cancelled, at once, when the card is gone while the plug-in thinks.
 */
async function converse(
  channel: CardChannel,
  entry: PluginEntry,
  { access, signal }: ProfileContext,
): Promise<Result<Said>> {
  const checked = await checkPlugin(entry)
  if (!checked.ok) return checked
  const plugin = startPlugin(entry)
  const isOver = (): boolean => signal?.aborted === true
  signal?.addEventListener('abort', plugin.kill, { once: true })
  try {
    const hello = await plugin.next(pluginLimits.helloMs)
    if (isOver()) return err(faultOf('call.cancelled'))
    if (hello?.type !== 'hello') return failed(entry)
    plugin.say({
      type: 'card',
      protocol: pluginProtocol,
      atr: Buffer.from(channel.atr).toString('hex').toUpperCase(),
      reader: channel.reader,
      access,
    })
    const said = await serveCommands(channel, entry, plugin)
    return isOver() ? err(faultOf('call.cancelled')) : said
  } finally {
    signal?.removeEventListener('abort', plugin.kill)
    plugin.kill()
  }
}

async function serveCommands(channel: CardChannel, entry: PluginEntry, plugin: PluginProcess): Promise<Result<Said>> {
  for (let commands = 0; commands < pluginLimits.commands; commands += 1) {
    const said = await plugin.next(pluginLimits.quietMs)
    if (said?.type === 'identity') return ok(said)
    if (said?.type === 'notMine') return err(faultOf('card.unsupported', entry.name))
    if (said?.type === 'failed') return err(faultOf(said.code, entry.name))
    if (said?.type !== 'transmit') return failed(entry)
    const answer = await channel.transmit(Buffer.from(said.command, 'hex'))
    if (!answer.ok) {
      plugin.say({ type: 'gone', id: said.id })
      return answer
    }
    plugin.say({ type: 'answer', id: said.id, response: Buffer.from(answer.value).toString('hex').toUpperCase() })
  }
  return failed(entry)
}

const failed = ({ name }: PluginEntry): Result<never> => err(faultOf('card.pluginFailed', name, { plugin: name }))

/** Nothing of it was proved by us: what the plug-in declares stands beside our own verdicts, never in their place. */
function contentOf({ name }: PluginEntry, { identity, declared, photo }: Said): CardContent {
  const picture = photo === undefined ? undefined : photoOf(Uint8Array.from(Buffer.from(photo, 'base64')))
  return {
    identity,
    ...(picture === undefined ? {} : { photo: picture }),
    checks: { identity: 'notChecked', address: 'notChecked', photo: 'notChecked', chain: 'notChecked' },
    declared: { by: name, verdict: declared },
  }
}

function photoOf(bytes: Uint8Array<ArrayBuffer>): Photo | undefined {
  const size = jpegSize(bytes)
  return size === undefined
    ? undefined
    : { mime: 'image/jpeg', ...size, sha256: createHash('sha256').update(bytes).digest('hex'), bytes }
}
