import { faultOf } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
import type { Command } from './command.ts'

/** `guichet post check`: the check digit of a number of registered post. */
export const postCheck: Command = {
  name: 'post check',
  summary: 'whether a number of registered post is one (UPU S10), and the check digit that belongs to it',
  usage: 'RR123456785MA',
  async run({ positionals }) {
    if (positionals.length === 0) return err(faultOf('call.invalid', 'one number: RR123456785MA'))
    const { checkS10 } = await import('#shared/domain/mail/s10.ts')
    // A number that was typed with its spaces, as it stands on the label.
    const checked = checkS10(positionals.join(''))
    const { valid, expected } = checked
    const digit =
      expected === undefined ? 'two letters, nine digits and a country are needed' : `check digit ${expected}`
    return ok({ json: checked, text: `${valid ? 'valid' : 'not valid'}: ${digit}` })
  },
}
