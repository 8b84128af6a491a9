import { readEml } from '#electron/press/letter/mail/readEml.ts'
import { deepest, mostFiles, type ReadMail } from '#electron/press/letter/mail/readMail.ts'
import { readMsg } from '#electron/press/letter/mail/readMsg.ts'
import { readTable } from '#electron/press/table/readTable.ts'
import { columnMap, guessColumns, linesOf } from '#shared/domain/mail/oldRegister.ts'
import type { Result } from '#shared/result.ts'
import { emlOf, msgOf, type WantedMail } from '#tests/builders/corpus/letterMail.ts'
import { bytesTarget } from '../bytesTarget.ts'
import { must } from '../target.ts'

const letter: WantedMail = {
  from: 'Trésorerie préfectorale',
  subject: 'Mandats du 12 novembre, المرجع ٤٥',
  date: '2026-11-12T10:00:00Z',
  text: 'Monsieur le Président,\nvous trouverez ci-joint les mandats.',
  files: [{ name: 'مذكرة.txt', type: 'text/plain', bytes: new TextEncoder().encode('note') }],
}

const wellFormed = (read: Result<ReadMail>): void => {
  if (!read.ok) return
  const { files } = read.value
  must(files.length <= mostFiles, 'more files than are taken')
  for (const { name } of files) must(!/[/\\\p{Cc}]/u.test(name) && name !== '', 'a name that is a way elsewhere')
}

/** Messages as they are dragged out of a mail program: nested, encoded, torn. */
export const emails = bytesTarget({
  about: `messages (RFC 5322): a mail or a fault, at most ${String(mostFiles)} files and ${String(deepest)} deep, names that lead nowhere`,
  samples: () => [emlOf(letter), emlOf({ ...letter, subject: 'Re: é', files: [] })],
  read: (bytes) => readEml(bytes),
  taken: (read) => read.ok,
  check: wellFormed,
})

/** Outlook's own files: sectors that point anywhere. */
export const outlookMails = bytesTarget({
  about: 'Outlook messages ([MS-CFB]): a mail or a fault',
  samples: () => [msgOf(letter), msgOf(letter, [{ ...letter, subject: 'Lettre jointe' }])],
  read: (bytes) => readMsg(bytes),
  taken: (read) => read.ok,
  check: wellFormed,
})

const table = 'N°;Date;Expéditeur;Objet\n1;03/02/2019;Wilaya;"Circulaire; suite"\n2;04/02/2019;Trésorerie;Mandats\n'

/** Registers that were kept elsewhere, on their way in. */
export const tables = bytesTarget({
  about: 'tables (CSV): rows of text or a fault; each row is taken or refused',
  samples: () =>
    [table, `\uFEFF${table.replaceAll(';', ',')}`, table.replaceAll(';', '\t')].map((text) => Buffer.from(text)),
  read: (bytes) => readTable(bytes),
  taken: (read) => read.ok,
  check: (read) => {
    if (!read.ok) return
    const { rows } = read.value
    const guessed = guessColumns(rows[0] ?? [])
    const lines = linesOf(rows, columnMap.parse({ number: 1, receivedOn: 2, sender: 3, subject: 4, ...guessed }))
    if ('missing' in lines) return
    must(lines.lines.length + lines.refused.length <= rows.length, 'more lines than rows')
  },
})
