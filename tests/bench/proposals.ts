import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { pressHere } from '#electron/press/pressHere.ts'
import { fields, letterCases, receivedOn } from '#tests/builders/corpus/letterCorpus.ts'
import { rightOf, scoreOf } from '#tests/builders/corpus/letterScore.ts'
import { valueOf } from '#tests/builders/register.ts'
import { resources } from '#tests/builders/worker.ts'
import { median, type Figure } from './measure.ts'

const record = join(import.meta.dirname, '..', 'fixtures', 'letters', 'accuracy.json')
const recorded = z.strictObject({
  letters: z.int(),
  right: z.record(z.enum(fields), z.int()),
  /** Proposed as sure and wrong. */
  sureWrong: z.record(z.enum(fields), z.int()),
})

/**
 * Every letter of the corpus once: how many of its fields are proposed right, against the last run on record
 * (`tests/fixtures/letters/accuracy.json`); a field that got worse ends the run, and `KEEP_RECORD=1` records a better one.
 */
export async function benchProposals(): Promise<readonly Figure[]> {
  const press = pressHere({ resourcesDir: resources })
  const signal = new AbortController().signal
  const scores: ReturnType<typeof scoreOf>[] = []
  const [layers, pictures]: [number[], number[]] = [[], []]
  for (const one of letterCases()) {
    const file = await one.file()
    const begun = performance.now()
    const read = valueOf(
      await press.propose(
        { name: file.name, bytes: new Uint8Array(file.bytes), received: receivedOn, pages: 1 },
        signal,
      ),
    )
    const took = performance.now() - begun
    ;(read.pages[0]?.from === 'picture' ? pictures : layers).push(took)
    const score = scoreOf(one, read)
    scores.push(score)
    for (const field of fields)
      if (score[field] !== 'right')
        console.error(
          `${one.name}: ${field} ${score[field]}: ${read.proposals[field]?.value ?? '-'} | ${one.expect[field] ?? '-'}`,
        )
  }
  const wrong = (field: (typeof fields)[number]): number =>
    scores.filter((score) => score[field] === 'sureWrong').length
  const now = {
    letters: scores.length,
    right: rightOf(scores),
    sureWrong: {
      sender: wrong('sender'),
      reference: wrong('reference'),
      date: wrong('date'),
      subject: wrong('subject'),
    },
  }
  const share = (count: number): string => `${((100 * count) / scores.length).toFixed(1)} %`
  for (const field of fields)
    console.error(`${field}: right ${share(now.right[field])}, sure and wrong ${share(now.sureWrong[field])}`)
  console.error(`memory ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB`)
  const last = existsSync(record) ? recorded.parse(JSON.parse(readFileSync(record, 'utf8'))) : undefined
  const worse = fields.filter((field) => last !== undefined && now.right[field] < last.right[field])
  if (worse.length > 0) throw new Error(`worse than the last run: ${worse.join(', ')}`)
  if (process.env['KEEP_RECORD'] === '1') writeFileSync(record, `${JSON.stringify(now, undefined, 2)}\n`)
  return [
    {
      name: 'a letter that is a picture, proposed',
      value: median(pictures),
      floor: { name: 'one with a text of its own', value: median(layers) },
      unit: 'ms',
      runs: scores.length,
    },
  ]
}
