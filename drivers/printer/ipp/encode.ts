import { groupTag, valueTag, type IppAttribute, type IppMessage, type IppValue } from './message.ts'

/**
 * The bytes of a message (RFC 8010 §3), without a document. Strings are UTF-8.
 * Throws a RangeError for a name or a value above 65 535 bytes: only a programming error makes one.
 */
export function encodeIpp(message: IppMessage): Uint8Array {
  const parts: Buffer[] = []
  const head = Buffer.alloc(8)
  head.writeUInt8(message.version[0], 0)
  head.writeUInt8(message.version[1], 1)
  head.writeUInt16BE(message.code, 2)
  head.writeInt32BE(message.requestId, 4)
  parts.push(head)
  for (const group of message.groups) {
    parts.push(Buffer.of(group.tag))
    for (const attribute of group.attributes) writeAttribute(parts, attribute)
  }
  parts.push(Buffer.of(groupTag.end))
  return Buffer.concat(parts)
}

function writeAttribute(parts: Buffer[], attribute: IppAttribute): void {
  attribute.values.forEach((value, index) => {
    writeValue(parts, index === 0 ? attribute.name : '', value)
  })
}

function writeValue(parts: Buffer[], name: string, value: IppValue): void {
  switch (value.kind) {
    case 'integer':
      field(parts, value.tag, name, int32(value.value))
      return
    case 'boolean':
      field(parts, valueTag.boolean, name, Buffer.of(value.value ? 1 : 0))
      return
    case 'text':
      field(parts, value.tag, name, Buffer.from(value.value))
      return
    case 'localised':
      field(parts, value.tag, name, Buffer.concat([counted(value.language), counted(value.value)]))
      return
    case 'octets':
      field(parts, value.tag, name, Buffer.from(value.value))
      return
    case 'collection':
      writeCollection(parts, name, value.members)
  }
}

/** A member's name is the value of a nameless attribute before its own values (RFC 8010 §3.1.6). */
function writeCollection(parts: Buffer[], name: string, members: readonly IppAttribute[]): void {
  field(parts, valueTag.beginCollection, name, Buffer.alloc(0))
  for (const member of members) {
    field(parts, valueTag.memberName, '', Buffer.from(member.name))
    for (const value of member.values) writeValue(parts, '', value)
  }
  field(parts, valueTag.endCollection, '', Buffer.alloc(0))
}

function field(parts: Buffer[], tag: number, name: string, value: Buffer): void {
  parts.push(Buffer.of(tag), counted(name), length(value), value)
}

const int32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(value)
  return bytes
}

const length = (bytes: Buffer): Buffer => {
  const prefix = Buffer.alloc(2)
  prefix.writeUInt16BE(bytes.length)
  return prefix
}

const counted = (text: string): Buffer => {
  const bytes = Buffer.from(text)
  return Buffer.concat([length(bytes), bytes])
}
