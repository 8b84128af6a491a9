import { describe, expect, it } from 'vitest'
import { emlOf, msgOf } from '#tests/builders/corpus/letterMail.ts'
import { valueOf } from '#tests/builders/register.ts'
import { readEml } from './readEml.ts'
import { safeName, wordsOfHtml } from './readMail.ts'
import { readMsg } from './readMsg.ts'

const bytesOf = (text: string, encoding: BufferEncoding = 'utf8'): Uint8Array =>
  new Uint8Array(Buffer.from(text, encoding))
const pdf = bytesOf('%PDF-1.4\n')
const aMail = {
  from: 'Préfecture de Rabat',
  subject: 'طلب قاعة – Demande de salle',
  date: 'Thu, 12 Nov 2026 23:30:00 +0100',
  text: 'Veuillez trouver ci-joint',
}

describe('an e-mail as it is sent', () => {
  it('head, text and files', async () => {
    const bytes = emlOf({ ...aMail, files: [{ name: 'lettre.v1.2.pdf', type: 'application/pdf', bytes: pdf }] })
    const { head, text, files, notes } = valueOf(await readEml(bytes))
    expect(head).toEqual({ sender: aMail.from, sentOn: '2026-11-12', subject: aMail.subject })
    expect(text.trim()).toBe(aMail.text)
    // paperless-ngx 6271: dots in a name
    expect(files.map(({ name }) => name)).toEqual(['lettre.v1.2.pdf'])
    expect(files[0]?.bytes).toEqual(pdf)
    expect(notes).toEqual([])
  })

  it('paperless-ngx 865, 1931: what lies inline is a file too; 13111, 2606: a message in a message has a name and its files', async () => {
    const inner = [
      'From: a@example.org',
      'Subject: Lettre v1.2',
      'Content-Type: multipart/mixed; boundary=y',
      '',
      '--y',
      'Content-Type: application/pdf',
      'Content-Disposition: inline',
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from(pdf).toString('base64'),
      '--y--',
    ]
    const outer = ['From: b@example.org', 'Subject: x', 'Content-Type: multipart/mixed; boundary=x', '', '--x']
    const { files } = valueOf(
      await readEml(bytesOf([...outer, 'Content-Type: message/rfc822', '', ...inner, '--x--'].join('\r\n'))),
    )
    expect(files.map(({ name, type, depth, inline }) => ({ name, type, depth, inline }))).toEqual([
      { name: 'Lettre v1.2.eml', type: 'message/rfc822', depth: 0, inline: false },
      { name: 'piece-1.pdf', type: 'application/pdf', depth: 1, inline: true },
    ])
  })

  it('docspell 691, 606, 1360: an empty Reply-To and a route before the address cost nothing', async () => {
    const { head } = valueOf(
      await readEml(
        bytesOf(
          'From: <@relay.example.org:a@example.org>\r\nReply-To: \r\nSubject: Lettre\r\nDate: 12 Nov 2026 10:00 +0000\r\n\r\nx',
        ),
      ),
    )
    expect(head).toMatchObject({ sentOn: '2026-11-12', subject: 'Lettre' })
  })

  it('docspell 1140: base64 that is torn gives what can be read', async () => {
    const { text } = valueOf(
      await readEml(
        bytesOf(
          'From: a@example.org\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\nQm9uam91ci!!cg==\r\n',
        ),
      ),
    )
    expect(text).toContain('Bonjour')
  })

  it('docspell 678: bytes in another encoding than is said are read in the one that gives words, and that is said', async () => {
    const body = 'Monsieur le Président, j’ai l’honneur de vous demander une réunion à la commune'
    const latin = Buffer.concat([
      Buffer.from('From: a@example.org\r\nSubject: Lettre\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n'),
      Buffer.from(body.replaceAll('’', "'"), 'latin1'),
    ])
    const read = valueOf(await readEml(new Uint8Array(latin)))
    expect(read.text).toContain('réunion à la commune')
    expect(read.notes).toEqual(['encodingGuessed'])
  })

  it('a mailbox line, a byte order mark and empty lines before it', async () => {
    for (const before of ['From - Thu Nov 12\r\n', '\ufeff', '\r\n\r\n'])
      expect(
        valueOf(await readEml(bytesOf(`${before}From: a@example.org\r\nSubject: Lettre\r\n\r\nx`))).head.subject,
      ).toBe('Lettre')
  })

  it('messages in messages end somewhere, and that is said', async () => {
    let message = 'From: a@example.org\r\nSubject: fond\r\n\r\nx'
    for (let level = 0; level < 12; level += 1)
      message = `From: a@example.org\r\nSubject: n${String(level)}\r\nContent-Type: message/rfc822\r\n\r\n${message}`
    const { files, notes } = valueOf(await readEml(bytesOf(message)))
    expect(files.length).toBeLessThanOrEqual(5)
    expect(notes).toContain('tooDeep')
  })

  it('what is no message is told', async () => {
    for (const bytes of [new Uint8Array(0), bytesOf('x'), bytesOf('\0\0\0\0')])
      expect(await readEml(bytes)).toMatchObject({ ok: false, fault: { code: 'letter.unreadable' } })
  })
})

describe('a message of Outlook', () => {
  it('head, text, files and the messages in it', () => {
    const mail = {
      ...aMail,
      date: '2026-11-12T10:00:00Z',
      files: [{ name: 'lettre.pdf', type: 'application/pdf', bytes: pdf }],
    }
    const { head, text, files } = valueOf(readMsg(msgOf(mail, [{ ...mail, subject: 'Lettre jointe' }])))
    expect(head).toEqual({ sender: aMail.from, sentOn: '2026-11-12', subject: aMail.subject })
    expect(text).toBe(aMail.text)
    expect(files.map(({ name, depth }) => [name, depth])).toEqual([
      ['lettre.pdf', 0],
      ['Lettre jointe.msg', 0],
      ['lettre.pdf', 1],
    ])
    expect(files[0]?.bytes).toEqual(pdf)
  })

  it('a torn one is told', () => {
    const whole = msgOf({ ...aMail, date: '2026-11-12T10:00:00Z' })
    for (const bytes of [new Uint8Array(0), whole.subarray(0, 600)])
      expect(readMsg(bytes)).toMatchObject({ ok: false, fault: { code: 'letter.unreadable' } })
  })
})

it('a name is one that any disk takes', () => {
  expect(safeName('../../etc/passwd', 'text/plain', 1)).toBe('passwd')
  expect(safeName('C:\\a\\b.pdf', 'application/pdf', 1)).toBe('b.pdf')
  expect(safeName('a\u202efdp.exe', 'x/y', 1)).toBe('afdp.exe')
  expect(safeName(' . ', 'application/pdf', 3)).toBe('piece-3.pdf')
  expect(safeName(`${'a'.repeat(300)}.pdf`, 'application/pdf', 1)).toHaveLength(120)
})

it('HTML is words, and nothing of it is run', () => {
  expect(
    wordsOfHtml(
      '<style>x</style><p>Objet&nbsp;: r&eacute;union</p><script>alert(1)</script><div>&#x633;&#1604;ا</div>',
    ),
  ).toBe('Objet : réunion\nسلا')
})

it('the way that an address was to travel is not who wrote', async () => {
  const { head } = valueOf(await readEml(new Uint8Array(Buffer.from('From: <@a.ma,@b.ma:user@c.ma>\nSubject: x\n\nx'))))
  expect(head.sender).toBe('user@c.ma')
})
