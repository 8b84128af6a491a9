import { z } from 'zod'
import { filePart } from '#shared/contract/platform.ts'
import type { LetterRegistered } from '#shared/contract/features/mail/acts.ts'
import { digitalFileLimit, digitalItem, type DigitalItem } from '#shared/domain/mail/digitalItem.ts'
import { sha256Hex } from '#shared/ids.ts'
import type { Database, Session } from './database.ts'
import { publish, type Published } from './feed.ts'
import type { DigitalOffice } from './digitalOffice.ts'

/** The office of a counter. */
export const officeOf = (counter: string): string => counter.split('-')[0] ?? ''

/**
 * One exchange with the national digital mail office: what was handed in goes into the feed with its files, what is
 * withdrawn there or registered here leaves it, and each that is registered is acknowledged. It may end anywhere: what
 * was not done is done by the next one.
 */
export async function exchange(
  database: Database,
  office: DigitalOffice,
): Promise<{ readonly waiting: number; readonly acknowledged: number }> {
  const handedIn = await office.waiting()
  for (const item of handedIn ?? []) await take(database, office, item)
  if (handedIn !== undefined) await forgetOthers(database, handedIn)
  const waiting = await database.query<{ id: string; body: string }>(
    'SELECT id, body FROM digital_item WHERE line IS NULL ORDER BY id',
  )
  const rows = waiting.map(({ id, body }): Published => {
    const one: unknown = JSON.parse(body)
    return { kind: 'digital-item', key: id, deleted: false, body: digitalItem.parse(one) }
  })
  await publish(database, rows, 'digital')
  return { waiting: rows.length, acknowledged: await acknowledge(database, office) }
}

/** An item and its files at once; one whose file cannot be had is asked for the next time. */
async function take(database: Database, office: DigitalOffice, item: DigitalItem): Promise<void> {
  const known = await database.query('SELECT 1 FROM digital_item WHERE office = $1 AND id = $2', [item.office, item.id])
  if (known.length > 0) return
  const files: Uint8Array[] = []
  for (const { sha256 } of item.files) {
    const bytes = await office.file(item.id, sha256)
    if (bytes === undefined) return
    files.push(bytes)
  }
  await database.transaction(async (session) => {
    const taken = await session.query(
      'INSERT INTO digital_item (office, id, number, body) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING id',
      [item.office, item.id, item.number, JSON.stringify(item)],
    )
    if (taken.length === 0) return
    for (const [at, { sha256 }] of item.files.entries())
      await session.query(
        'INSERT INTO digital_file (office, id, sha256, content) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
        [item.office, item.id, sha256, files[at] ?? new Uint8Array()],
      )
  })
}

/** What is not registered and does not wait there any more was withdrawn. */
async function forgetOthers(database: Database, handedIn: readonly DigitalItem[]): Promise<void> {
  const ids = new Set(handedIn.map(({ id }) => id))
  const ours = await database.query<{ office: string; id: string }>(
    'SELECT office, id FROM digital_item WHERE line IS NULL',
  )
  for (const { office, id } of ours) {
    if (ids.has(id)) continue
    await database.query('DELETE FROM digital_item WHERE office = $1 AND id = $2 AND line IS NULL', [office, id])
    await database.query('DELETE FROM digital_file WHERE office = $1 AND id = $2', [office, id])
  }
}

/** An arrival was applied that bears the number of an item: the first line of it is acknowledged, no other. */
export async function noteRegistered(session: Session, counter: string, letter: LetterRegistered): Promise<void> {
  const { digitalNumber } = letter.letter
  if (letter.register !== 'arrival' || digitalNumber === undefined) return
  await session.query(
    `UPDATE digital_item SET counter_id = $3, line = $4, received_on = $5
     WHERE office = $1 AND number = $2 AND line IS NULL`,
    [officeOf(counter), digitalNumber, counter, letter.number, letter.receivedOn],
  )
}

/** Asked again under the id of the item after a lost answer, which the digital office takes for the same. */
async function acknowledge(database: Database, office: DigitalOffice): Promise<number> {
  const rows = await database.query<{ office: string; id: string; line: string; received_on: string }>(
    'SELECT office, id, line, received_on FROM digital_item WHERE line IS NOT NULL AND told_at IS NULL ORDER BY id',
  )
  let told = 0
  for (const { office: code, id, line, received_on: on } of rows) {
    if (!(await office.acknowledge({ id, office: code, number: line, on }))) continue
    await database.query('UPDATE digital_item SET told_at = $3 WHERE office = $1 AND id = $2', [code, id, new Date()])
    told += 1
  }
  return told
}

export const partAsked = z.object({
  id: z.uuid(),
  sha256: sha256Hex,
  from: z.coerce.number().int().min(0).max(digitalFileLimit).default(0),
})

/** A part of a file as base64, for the counters of its office; nothing where there is no such file. */
export async function partOf(
  session: Session,
  office: string,
  { id, sha256, from }: z.infer<typeof partAsked>,
): Promise<string | undefined> {
  const [row] = await session.query<{ part: Uint8Array }>(
    `SELECT substring(content from $4::int for $5::int) AS part FROM digital_file
     WHERE office = $1 AND id = $2 AND sha256 = $3`,
    [office, id, sha256, from + 1, filePart],
  )
  return row && Buffer.from(row.part).toString('base64')
}
