#!/usr/bin/env node
// A sample plug-in: reads the first line of a specimen card that answers to SELECT A0000000555350454349 and READ
// BINARY.
// It shows the protocol of shared/ports/nationalCard.ts from the other side, without any library.
import { createInterface } from 'node:readline'

const say = (message) => {
  process.stdout.write(`${JSON.stringify(message)}\n`)
}
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]()
const hear = async () => {
  const { value, done } = await lines.next()
  if (done === true) process.exit(0)
  return JSON.parse(value)
}

let asked = 0
/** Sends a command to the card by Guichet; data and status in hexadecimal, or undefined when the card is gone. */
const transmit = async (command) => {
  say({ type: 'transmit', id: (asked += 1), command })
  const said = await hear()
  return said.type === 'answer' && said.id === asked ? said.response : undefined
}

say({ type: 'hello', protocol: 1, name: 'sample', version: '1.0' })
const card = await hear()
const selected = card.type === 'card' ? await transmit('00A4040C0AA0000000555350454349') : undefined
if (selected !== '9000') say({ type: 'notMine' })
else {
  const read = await transmit('00B0000000')
  if (read === undefined || !read.endsWith('9000')) say({ type: 'failed', code: 'card.refused' })
  else {
    const [familyName, givenNames, nativeName, nationalNumber, documentNumber] = Buffer.from(read.slice(0, -4), 'hex')
      .toString('utf8')
      .split('|')
    say({
      type: 'identity',
      declared: 'authentic',
      identity: {
        familyName,
        givenNames,
        nativeName,
        nationalNumber,
        documentNumber,
        documentType: 'SPECIMEN',
        nationality: 'MAR',
      },
    })
  }
}
