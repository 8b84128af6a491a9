import { hear, isWaiting, nothingHeard, settle, silence } from '#shared/domain/scan/assemble.ts'
import { classifyScan, scanLimit } from '#shared/domain/scan/classify.ts'
import type { Draw } from '../draw.ts'
import { mutateText, nastyTexts } from '../mutate.ts'
import { must, type Target } from '../target.ts'

const now = new Date('2026-11-21T10:00:00Z')
const lawful = [
  'I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<',
  'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10',
  'GU1:6BFOXN%TS3DHPVO13J /G-/2YRVA.Q/R8VRU2FCZ3',
  '2026/RAB03-G2/000001',
  '2026/RAB03-G2/000042-S2',
  ']Q1GU1:6BFY+8 %Z\r\n',
  'https://www.example.org/',
]

const textOf = (draw: Draw): string => {
  let text = draw.chance(0.1) ? draw.pick(nastyTexts) : draw.pick(lawful)
  for (let left = draw.below(4); left > 0; left -= 1) text = mutateText(draw, text)
  return text
}

const assertKind = (text: string): boolean => {
  const scanned = classifyScan(text, now)
  if (scanned.kind === 'other')
    must(
      scanned.text.length <= 512 && !/[\p{Cc}\p{Cf}\p{Cs}]/u.test(scanned.text),
      'a text that is not fit to be shown',
    )
  if (scanned.kind === 'seal') must(scanned.seal.length <= scanLimit, 'a seal longer than any code')
  return scanned.kind !== 'other'
}

/** What readers of codes and zones send: cut anywhere, put together again, and given a kind. */
export const scans: Target = {
  about: 'scanned codes and zones: any text has a kind, is bounded and fit to be shown',
  open: () => ({
    one: (draw) => {
      let assembly = nothingHeard
      let at = 1000
      const heard: string[] = []
      for (let left = 1 + draw.below(3); left > 0; left -= 1) {
        const next = hear(assembly, { text: textOf(draw), whole: draw.chance(0.4) }, (at += draw.below(900)))
        assembly = next.assembly
        heard.push(...next.scans)
      }
      const last = settle(assembly, at + silence)
      must(!isWaiting(last.assembly), 'something waits for ever')
      return [...heard, ...last.scans].map(assertKind).includes(true)
    },
  }),
  grow: (size) => {
    const text = `${'P<UTO'.padEnd(43, '<')}\r`.repeat(Math.ceil(size / 44))
    return () => {
      for (const scan of hear(nothingHeard, { text, whole: true }, 0).scans) classifyScan(scan, now)
    }
  },
}
