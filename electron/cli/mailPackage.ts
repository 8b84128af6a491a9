import type { LetterView } from '#shared/contract/features/mail/views.ts'
import { csvLine } from '#shared/text/csv.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { openBag, type Bag } from './bag.ts'
import type { Command, CommandContext } from './command.ts'
import type { OpenWorker } from './openWorker.ts'
import { signedIn } from './signedIn.ts'

const atOnce = 200
const columns = [
  'number',
  'register',
  'receivedOn',
  'sender',
  'recipients',
  'reference',
  'letterDate',
  'subject',
  'kind',
  'class',
  'service',
  'confidentiality',
  'state',
  'files',
] as const

/** `guichet mail package`: letters with their files, as a package that an archive takes (BagIt, RFC 8493). */
export const mailPackage: Command = {
  name: 'mail package',
  summary: 'writes letters, their files as they came and the transfer list into a BagIt package (RFC 8493)',
  usage: '--out DIR [--from DATE] [--to DATE] [--list V-N] [--login LOGIN]',
  options: {
    out: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
    list: { type: 'string' },
    login: { type: 'string' },
  },
  run: (context) => {
    const { out } = context.options
    if (typeof out !== 'string' || out === '') return Promise.resolve(err(faultOf('call.invalid', '--out DIR')))
    return signedIn(context, 'supervisor', async ({ ask }) => {
      const bag = openBag(out)
      if (!bag.ok) return bag
      const filled = await fill(bag.value, ask, context)
      if (!filled.ok) return filled
      const closed = bag.value.close({
        'Bagging-Date': new Date().toISOString().slice(0, 10),
        'External-Description': 'Registres du courrier : lettres, fichiers reçus, bordereau de transfert',
        'Bag-Software-Agent': 'Guichet',
        'Internal-Sender-Identifier': filled.value.counter,
      })
      if (!closed.ok) return closed
      const { letters } = filled.value
      return ok({
        json: { out, letters, ...closed.value },
        text: `${out}: ${String(letters)} letters, ${String(closed.value.files)} files`,
      })
    })
  },
}

const fill = async (
  bag: Bag,
  ask: OpenWorker['ask'],
  { options: { from, to, list } }: CommandContext,
): Promise<Result<{ readonly letters: number; readonly counter: string }>> => {
  const lines = [csvLine(columns)]
  let [letters, counter] = [0, '']
  const put = async (number: LetterView['number']): Promise<Result<void>> => {
    const added = await addLetter(bag, ask, number)
    if (!added.ok) return added
    lines.push(csvLine(rowOf(added.value)))
    counter = number.split('/')[1] ?? ''
    letters += 1
    return ok(undefined)
  }
  const listed = typeof list === 'string' ? await lettersOfList(ask, list) : undefined
  if (listed?.ok === false) return listed
  for (const number of listed?.value ?? []) {
    const added = await put(number)
    if (!added.ok) return added
  }
  const period = { ...(typeof from === 'string' ? { from } : {}), ...(typeof to === 'string' ? { to } : {}) }
  while (listed === undefined) {
    const page = await ask('mail.search', { ...period, limit: atOnce, skip: letters })
    if (!page.ok) return page
    if (page.value.lines.length === 0) break
    for (const { number } of page.value.lines) {
      const added = await put(number)
      if (!added.ok) return added
    }
  }
  const written = bag.add('transfer-list.csv', `\ufeff${lines.join('\r\n')}\r\n`)
  return written.ok ? ok({ letters, counter }) : written
}

/** The letters of a list of transfer, in its order. Fault: archive.listUnknown. */
const lettersOfList = async (
  ask: OpenWorker['ask'],
  name: string,
): Promise<Result<readonly LetterView['number'][]>> => {
  const archive = await ask('mail.archive', {})
  if (!archive.ok) return archive
  const list = archive.value.lists.find(
    (one) => one.kind === 'transfer' && `V-${String(one.rank)}` === name.toUpperCase(),
  )
  return list === undefined ? err(faultOf('archive.listUnknown', 'V-1')) : ok(list.letters)
}

/** The letter as it stands, and its files byte for byte as they came. */
const addLetter = async (
  bag: Bag,
  ask: OpenWorker['ask'],
  number: LetterView['number'],
): Promise<Result<LetterView>> => {
  const shown = await ask('mail.show', { number })
  if (!shown.ok) return shown
  const folder = `letters/${number.replaceAll('/', '-')}`
  const said = bag.add(`${folder}/letter.json`, `${JSON.stringify(shown.value, undefined, 2)}\n`)
  if (!said.ok) return said
  // A letter of an earlier version may have the same file twice.
  const files = new Map(shown.value.files.map((file) => [file.sha256, file] as const))
  for (const { sha256, name } of files.values()) {
    const file = await ask('mail.file', { number, sha256 })
    if (!file.ok) return file
    const added = bag.add(`${folder}/${sha256.slice(0, 12)}-${plain(name)}`, file.value.bytes)
    if (!added.ok) return added
  }
  return shown
}

/** A name that every disk takes: letters, digits, dots and dashes of any script. */
const plain = (name: string): string => name.replace(/[^\p{L}\p{N}.\-_]+/gu, '_').slice(-80)

const rowOf = ({
  letter,
  number,
  receivedOn,
  service,
  confidentiality,
  state,
  files,
  class: given,
}: LetterView): readonly string[] => [
  number,
  letter.register,
  receivedOn,
  letter.sender.name,
  letter.recipients.map(({ name }) => name).join(' ; '),
  letter.reference ?? '',
  letter.letterDate ?? '',
  letter.subject,
  letter.kind,
  given ?? '',
  service ?? '',
  confidentiality,
  state,
  String(files.length),
]
