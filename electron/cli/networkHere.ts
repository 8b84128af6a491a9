import type { Network } from '#shared/contract/hosts.ts'
import { networkOf } from '#electron/main/settings.ts'
import type { CommandContext } from './command.ts'

/** How the platform is reached from a command: as the machine's administrator says, else by the environment. */
export const networkHere = ({ machine, env }: Pick<CommandContext, 'machine' | 'env'>): Network => {
  // A machine without a settings file is one where the program is developed: `GUICHET_CA`, `https_proxy`.
  const set = machine !== undefined && Object.keys(machine.settings).length > 0
  return set ? networkOf(machine.settings, env) : networkOf(undefined, env, env['GUICHET_CA'])
}
