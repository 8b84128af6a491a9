import type { DigitalItemView } from '#shared/contract/features/mail/digital.ts'
import { v7 } from 'uuid'
import { faultOf } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
import type { Command } from './command.ts'
import { signedIn } from './signedIn.ts'

const login = { type: 'string' } as const
/** Who keeps the registers, where nobody is named. */
const clerk = 'clerk'
/** What is looked through for an item; more wait only where nobody registers. */
const most = 200

const sayItem = ({ id, on, number, sender, subject }: DigitalItemView): string =>
  `${id}  ${on}  ${number}  ${sender.name}  ${subject}`

/** `guichet mail digital …`: what waits at the national digital mail office, by the calls that the window makes. */
export const mailDigital: readonly Command[] = [
  {
    name: 'mail digital list',
    summary: 'what waits at the digital mail office and is here with its files, oldest first',
    usage: '[--login LOGIN]',
    options: { login },
    run: (context) =>
      signedIn(context, clerk, async ({ ask }) => {
        const found = await ask('mail.digital', { limit: most })
        if (!found.ok) return found
        const { items } = found.value
        return ok({ json: { items }, text: items.map(sayItem).join('\n') })
      }),
  },
  {
    name: 'mail digital take',
    summary: 'registers one as an arrival, as it is, with its files',
    usage: 'ID [--kind CODE] [--service CODE] [--login LOGIN]',
    options: { kind: { type: 'string' }, service: { type: 'string' }, login },
    run: (context) =>
      signedIn(context, clerk, async ({ ask }) => {
        const found = await ask('mail.digital', { limit: most })
        if (!found.ok) return found
        const item = found.value.items.find(({ id }) => id === context.positionals[0])
        if (item === undefined) return err(faultOf('letter.unknown'))
        const { kind, service } = context.options
        const { sender, subject, confidentiality, reference, letterDate, address } = item
        const made = await ask('mail.register', {
          commandId: v7(),
          letter: {
            register: 'arrival',
            receivedOn: item.on,
            mode: 'digital',
            digitalNumber: item.number,
            sender,
            subject,
            confidentiality,
            kind: typeof kind === 'string' ? kind : 'letter',
            ...(typeof service === 'string' ? { service } : {}),
            ...(reference === undefined ? {} : { reference }),
            ...(letterDate === undefined ? {} : { letterDate }),
            ...(address === undefined ? {} : { note: address }),
          },
          files: item.files.map(({ sha256, name }) => ({ sha256, name })),
        })
        if (!made.ok) return made
        const { letter, duplicates } = made.value
        return ok({ json: { number: letter.number, id: letter.id, duplicates }, text: letter.number })
      }),
  },
]
