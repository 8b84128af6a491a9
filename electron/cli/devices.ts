import { join } from 'node:path'
import { systemClock } from '#electron/worker/core/systemClock.ts'
import type { Devices } from '#electron/worker/core/workerOptions.ts'
import { openCountrySigners, type OpenCountrySigners } from '#drivers/card/profiles/icao/openCountrySigners.ts'
import { openIppPrinters } from '#drivers/printer/ipp/printers.ts'
import { localCups, parseIppServer } from '#drivers/printer/ipp/server.ts'
import { faultOf } from '#shared/fault.ts'
import type { CardSource } from '#shared/ports/cardSource.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { CommandContext } from './command.ts'
import { noDevices } from './noDevices.ts'
import { resourcesDir } from './resourcesDir.ts'

/**
 * The devices of this machine for one command: printers at once, the card readers when a card is asked for. Close it at
 * the end. `added`: country
 * signers besides the installed ones, for a command that does not open the register; asked for when a document needs
 * them.
 */
export function openDevices(
  context: CommandContext,
  added?: () => Promise<readonly Uint8Array[]>,
): { readonly devices: Devices; readonly close: () => Promise<void> } {
  const signers = openCountrySigners({
    folder: named(context, 'csca') ?? join(resourcesDir, 'trust', 'csca'),
    clock: systemClock,
  })
  let told: Promise<unknown> | undefined
  const trusted: OpenCountrySigners['trusted'] = async () => {
    if (added !== undefined) await (told ??= added().then((certificates) => signers.believe(certificates)))
    return signers.trusted()
  }
  let source: Promise<Result<CardSource>> | undefined
  const cards = async <T>(ask: (source: CardSource) => Promise<Result<T>>): Promise<Result<T>> => {
    const opened = await (source ??= openCards(context, { ...signers, trusted }))
    return opened.ok ? ask(opened.value) : opened
  }
  return {
    devices: {
      ...noDevices,
      cards: {
        list: () => cards((opened) => opened.list()),
        // A command looks at a card when it is told to; nothing is read by itself.
        watch: () => () => undefined,
        read: (options) => cards((opened) => opened.read(options)),
        signState: (options) => cards((opened) => opened.signState(options)),
        sign: (order) => cards((opened) => opened.sign(order)),
        close: () => Promise.resolve(),
      },
      signers,
      printer: openPrinters(context),
    },
    close: async () => {
      const opened = await source
      if (opened?.ok === true) await opened.value.close()
    },
  }
}

const openPrinters = ({ env }: CommandContext): Devices['printer'] => {
  const server = parseIppServer(localCups(env))
  return server === undefined ? noDevices.printer : openIppPrinters({ server })
}

/** What the command names, else what the machine's administrator or the environment of a source tree does. */
const named = ({ options, env }: CommandContext, what: 'csca' | 'trust' | 'plugins'): string | undefined => {
  const option = options[what]
  return typeof option === 'string' ? option : env[`GUICHET_${what.toUpperCase()}`]
}

const openCards = async (context: CommandContext, signers: OpenCountrySigners): Promise<Result<CardSource>> => {
  const [{ openPcscCards }, { loadTrust }] = await Promise.all([
    import('#drivers/card/pcsc/openPcscCards.ts'),
    import('#drivers/card/trust.ts'),
  ])
  const folder = named(context, 'trust') ?? join(resourcesDir, 'trust', 'belgium')
  const trust = await loadTrust(folder)
  if (!trust.ok) return err(faultOf('file.unreadable', folder))
  const { profile } = context.options
  const list = named(context, 'plugins')
  const plugins =
    list !== undefined
      ? await (await import('#drivers/card/profiles/nationalPlugin/pluginList.ts')).loadPlugins(list)
      : ok([])
  if (!plugins.ok) return plugins
  if (typeof profile === 'string') {
    const known = [
      ...(await import('#drivers/card/profiles.ts')).profileNames,
      ...plugins.value.map(({ name }) => `plugin:${name}`),
    ]
    if (!known.includes(profile))
      return err(faultOf('call.invalid', `--profile ${profile}: one of ${known.join(', ')}`))
  }
  // A folder that was named has to be right; the one of the program is looked at when a document asks for it.
  const { csca } = context.options
  if (typeof csca === 'string') {
    const installed = await signers.installed()
    if (!installed.ok) return err(faultOf('file.unreadable', csca))
  }
  return ok(
    openPcscCards({
      trust: { ...trust.value, countrySigners: signers.trusted },
      clock: systemClock,
      plugins: () => Promise.resolve(plugins.value),
      ...(typeof profile === 'string' && { profile }),
    }),
  )
}
