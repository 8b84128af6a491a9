import { burn } from '@kenjiuno/msgreader/lib/Burner.js'
import { TypeEnum } from '@kenjiuno/msgreader/lib/Reader.js'

/** An e-mail that a test wants. */
export interface WantedMail {
  readonly from: string
  readonly subject: string
  /** As RFC 5322 writes it. */
  readonly date: string
  readonly text: string
  readonly files?: readonly { readonly name: string; readonly type: string; readonly bytes: Uint8Array }[]
}

const encoded = (text: string): string => `=?utf-8?B?${Buffer.from(text, 'utf8').toString('base64')}?=`
const lines76 = (base64: string): string => base64.replace(/.{1,76}/gu, '$&\r\n')

/** A message as it is sent. */
export function emlOf({ from, subject, date, text, files = [] }: WantedMail): Uint8Array {
  const part = (head: readonly string[], bytes: Uint8Array): string =>
    `--=_part\r\n${head.join('\r\n')}\r\nContent-Transfer-Encoding: base64\r\n\r\n${lines76(Buffer.from(bytes).toString('base64'))}`
  return new TextEncoder().encode(
    [
      `From: ${encoded(from)} <courrier@example.org>`,
      'To: bureau.ordre@example.org',
      `Subject: ${encoded(subject)}`,
      `Date: ${date}`,
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary="=_part"',
      '',
      part(['Content-Type: text/plain; charset=utf-8'], new TextEncoder().encode(text)) +
        files
          .map(({ name, type, bytes }) =>
            part([`Content-Type: ${type}`, `Content-Disposition: attachment; filename="${encoded(name)}"`], bytes),
          )
          .join('') +
        '--=_part--\r\n',
    ].join('\r\n'),
  )
}

interface Folder {
  readonly name: string
  readonly streams: Readonly<Record<string, Uint8Array>>
  readonly folders?: readonly Folder[]
}

const unicode = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'utf16le'))
/** FILETIME: 100 ns since 1601. */
const fileTime = (at: string): bigint => BigInt(Date.parse(at) + 11_644_473_600_000) * 10_000n

/** Properties of fixed length (MS-OXMSG 2.4.2): tag, flags, value; before them a head of zeros. */
function fixedProperties(headLength: number, values: readonly (readonly [tag: number, value: bigint])[]): Uint8Array {
  const out = Buffer.alloc(headLength + values.length * 16)
  for (const [at, [tag, value]] of values.entries()) {
    out.writeUInt32LE(tag, headLength + at * 16)
    out.writeUInt32LE(6, headLength + at * 16 + 4)
    out.writeBigUInt64LE(value, headLength + at * 16 + 8)
  }
  return new Uint8Array(out)
}

function messageFolders(
  { from, subject, date, text, files = [] }: WantedMail,
  inner: readonly WantedMail[],
): Omit<Folder, 'name'> {
  return {
    streams: {
      '__properties_version1.0': fixedProperties(32, [[0x00390040, fileTime(date)]]),
      '__substg1.0_001A001F': unicode('IPM.Note'),
      '__substg1.0_0037001F': unicode(subject),
      '__substg1.0_0C1A001F': unicode(from),
      '__substg1.0_1000001F': unicode(text),
    },
    folders: [
      ...files.map(({ name, type, bytes }, at) => ({
        name: `__attach_version1.0_#${at.toString(16).padStart(8, '0').toUpperCase()}`,
        streams: {
          '__properties_version1.0': fixedProperties(8, [[0x37050003, 1n]]),
          '__substg1.0_3707001F': unicode(name),
          '__substg1.0_370E001F': unicode(type),
          '__substg1.0_37010102': bytes,
        },
      })),
      ...inner.map((message, at) => ({
        name: `__attach_version1.0_#${(files.length + at).toString(16).padStart(8, '0').toUpperCase()}`,
        streams: { '__properties_version1.0': fixedProperties(8, [[0x37050003, 5n]]) },
        folders: [{ name: '__substg1.0_3701000D', ...messageFolders(message, []) }],
      })),
    ],
  }
}

/** A message as Outlook keeps it. @param inner messages that are attached to it */
export function msgOf(mail: WantedMail, inner: readonly WantedMail[] = []): Uint8Array {
  const entries: {
    name: string
    type: TypeEnum
    length: number
    binaryProvider?: () => Uint8Array
    children?: number[]
  }[] = []
  const add = (name: string, type: TypeEnum, { streams, folders = [] }: Omit<Folder, 'name'>): number => {
    const at = entries.push({ name, type, length: 0, children: [] }) - 1
    const children = [
      ...Object.entries(streams).map(
        ([stream, bytes]) =>
          entries.push({ name: stream, type: TypeEnum.DOCUMENT, length: bytes.length, binaryProvider: () => bytes }) -
          1,
      ),
      ...folders.map((folder) => add(folder.name, TypeEnum.DIRECTORY, folder)),
    ]
    entries[at] = { name, type, length: 0, children }
    return at
  }
  const { streams, folders = [] } = messageFolders(mail, inner)
  const names = {
    '__substg1.0_00020102': new Uint8Array(0),
    '__substg1.0_00030102': new Uint8Array(0),
    '__substg1.0_00040102': new Uint8Array(0),
  }
  add('Root Entry', TypeEnum.ROOT, { streams, folders: [{ name: '__nameid_version1.0', streams: names }, ...folders] })
  return burn(entries)
}
