import {
  groupTag,
  isTextTag,
  valueTag,
  type IppAttribute,
  type IppGroup,
  type IppMessage,
  type IppValue,
} from './message.ts'

/** A message and where its document begins, or the byte at which the input stops being IPP. */
export type Decoded =
  | { readonly ok: true; readonly message: IppMessage; readonly documentAt: number }
  | { readonly ok: false; readonly at: number; readonly why: string }

/**
 * Deeper collections than this exist in no registered attribute; the limit keeps hostile input from nesting without
 * end.
 */
const maxDepth = 8

/**
 * Parses a message (RFC 8010 §3). Total: any input gives a message or the place of the first error, never an exception.
 * Text is read as UTF-8, the only charset this program asks for; malformed UTF-8 becomes U+FFFD.
 */
export function decodeIpp(input: Uint8Array): Decoded {
  const reader = createReader(input)
  try {
    const version = [reader.u8(), reader.u8()] as const
    const code = reader.u16()
    const requestId = reader.i32()
    const groups = readGroups(reader)
    return { ok: true, message: { version, code, requestId, groups }, documentAt: reader.at() }
  } catch (cause) {
    if (cause instanceof Malformed) return { ok: false, at: reader.at(), why: cause.message }
    throw cause
  }
}

/** Never leaves this file: it only carries the parser out of nested structures. */
class Malformed extends Error {}

interface Reader {
  at(): number
  u8(): number
  u16(): number
  i32(): number
  take(length: number): Buffer
}

function createReader(input: Uint8Array): Reader {
  const bytes = Buffer.from(input.buffer, input.byteOffset, input.byteLength)
  let position = 0
  const take = (length: number): Buffer => {
    if (position + length > bytes.length) throw new Malformed('the message stops short')
    const taken = bytes.subarray(position, position + length)
    position += length
    return taken
  }
  return {
    at: () => position,
    u8: () => take(1).readUInt8(),
    u16: () => take(2).readUInt16BE(),
    i32: () => take(4).readInt32BE(),
    take,
  }
}

/** One tag with its name and its bytes, as it stands in the message. */
interface Field {
  readonly tag: number
  readonly name: string
  readonly bytes: Buffer
}

const readField = (reader: Reader, tag: number): Field => ({
  tag,
  name: reader.take(reader.u16()).toString('utf8'),
  bytes: reader.take(reader.u16()),
})

interface Growing {
  readonly name: string
  readonly values: [IppValue, ...IppValue[]]
}

function readGroups(reader: Reader): readonly IppGroup[] {
  const groups: { tag: number; attributes: Growing[] }[] = []
  for (let tag = reader.u8(); tag !== groupTag.end; tag = reader.u8()) {
    if (tag < 0x10) {
      if (tag === 0) throw new Malformed('group 0 is reserved')
      groups.push({ tag, attributes: [] })
      continue
    }
    const group = groups.at(-1)
    if (group === undefined) throw new Malformed('a value stands before the first group')
    const field = readField(reader, tag)
    const value = readValue(reader, field, 0)
    if (field.name !== '') group.attributes.push({ name: field.name, values: [value] })
    else more(group.attributes.at(-1), value)
  }
  return groups
}

function more(attribute: Growing | undefined, value: IppValue): void {
  if (attribute === undefined) throw new Malformed('a further value has no attribute')
  attribute.values.push(value)
}

function readValue(reader: Reader, field: Field, depth: number): IppValue {
  const { tag, bytes } = field
  switch (tag) {
    case valueTag.integer:
    case valueTag.enum:
      return { kind: 'integer', tag, value: sized(bytes, 4).readInt32BE() }
    case valueTag.boolean:
      return { kind: 'boolean', value: sized(bytes, 1).readUInt8() !== 0 }
    case valueTag.textWithLanguage:
    case valueTag.nameWithLanguage:
      return localised(tag, bytes)
    case valueTag.beginCollection:
      return { kind: 'collection', members: readMembers(reader, depth + 1) }
    case valueTag.endCollection:
    case valueTag.memberName:
      throw new Malformed('a member stands outside a collection')
    default:
      return isTextTag(tag)
        ? { kind: 'text', tag, value: bytes.toString('utf8') }
        : { kind: 'octets', tag, value: Uint8Array.from(bytes) }
  }
}

function readMembers(reader: Reader, depth: number): readonly IppAttribute[] {
  if (depth > maxDepth) throw new Malformed('collections are nested too deeply')
  const members: Growing[] = []
  let name: string | undefined
  for (;;) {
    const tag = reader.u8()
    if (tag < 0x10) throw new Malformed('a collection is not closed')
    const field = readField(reader, tag)
    if (tag === valueTag.endCollection) {
      if (name !== undefined) throw new Malformed('a member has no value')
      return members
    }
    if (tag === valueTag.memberName) {
      if (name !== undefined) throw new Malformed('a member has no value')
      name = field.bytes.toString('utf8')
      continue
    }
    const value = readValue(reader, field, depth)
    if (name === undefined) more(members.at(-1), value)
    else members.push({ name, values: [value] })
    name = undefined
  }
}

function sized(bytes: Buffer, length: number): Buffer {
  if (bytes.length !== length) throw new Malformed(`a value of ${length} bytes has ${bytes.length}`)
  return bytes
}

/** RFC 8010 §3.9: both parts with their lengths, inside the value. */
function localised(tag: 0x35 | 0x36, bytes: Buffer): IppValue {
  const inner = createReader(bytes)
  const language = inner.take(inner.u16()).toString('utf8')
  const value = inner.take(inner.u16()).toString('utf8')
  return { kind: 'localised', tag, language, value }
}
