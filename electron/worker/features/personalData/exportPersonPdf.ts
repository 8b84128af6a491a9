import type { calls, Out } from '#shared/contract/calls.ts'
import type { StatementFacts } from '#shared/domain/papers/statement.ts'
import type { z } from 'zod'
import type { PaperId } from '#shared/ids.ts'
import { ok, type Result } from '#shared/result.ts'
import { findPersonalFile, type PersonalFile } from '../../core/rows/requests.ts'
import { counted, erasePerson, exportPerson, heldParts } from './answerPerson.ts'
import { readyPaper, type PdfSource } from '../../papers/readyPaper.ts'
import { officeDay, readOffice, type Context, type SignedIn } from '../../core/context.ts'

type Asked<C extends keyof typeof calls> = z.output<(typeof calls)[C]['input']>

/**
 * The copy for a person: a paper to read, and JSON for a machine. The same answer is the same paper. Faults: those of
 * `exportPerson` and of `readyPaper`.
 */
export async function exportPersonPdf(
  context: Context,
  who: SignedIn,
  asked: Asked<'personalData.export'>,
  papers: PdfSource,
): Promise<Result<Out<'personalData.export'>>> {
  const exported = exportPerson(context, who, asked)
  if (!exported.ok) return exported
  const { request, files } = exported.value
  const name = `donnees-${request.id.slice(0, 8)}`
  const pdf = await statement(context, papers, request, name, () => ({
    ...factsOf(context, request, files),
    files,
    kept: counted(heldParts(context, asked.files)),
  }))
  if (!pdf.ok) return pdf
  const json = new TextEncoder().encode(
    JSON.stringify(
      { format: 'guichet-person-1', at: request.at, counter: context.counter, files: files.map(plain) },
      undefined,
      2,
    ),
  )
  return ok({ name, pdf: new Uint8Array(pdf.value.bytes), json, request })
}

/** Erases what may go, and says the rest on paper. Faults: those of `erasePerson` and of `readyPaper`. */
export async function answerErasure(
  context: Context,
  who: SignedIn,
  asked: Asked<'personalData.erase'>,
  papers: PdfSource,
): Promise<Result<Out<'personalData.erase'>>> {
  const erased = await erasePerson(context, who, asked)
  if (!erased.ok) return erased
  const files = asked.files.flatMap((id) => findPersonalFile(context.store.db, id) ?? [])
  const { erased: gone, kept } = erased.value
  const name = `reponse-${erased.value.id.slice(0, 8)}`
  const pdf = await statement(context, papers, erased.value, name, () => ({
    ...factsOf(context, erased.value, files),
    erased: gone,
    kept,
  }))
  return pdf.ok ? ok({ name, pdf: new Uint8Array(pdf.value.bytes), request: erased.value }) : pdf
}

/** The paper of an answer: one a request, whoever asks for it again. */
const statement = (
  context: Context,
  papers: PdfSource,
  request: Out<'personalData.export'>['request'],
  number: string,
  facts: () => StatementFacts,
): ReturnType<typeof readyPaper> =>
  readyPaper(context, papers, { kind: 'statement', subject: request.id }, () => ({
    kind: 'statement',
    id: context.newId() as PaperId, // newId makes UUIDs
    subject: request.id,
    number,
    facts: facts(),
    at: request.at,
  }))

const factsOf = (
  { store }: Context,
  request: Out<'personalData.export'>['request'],
  files: readonly PersonalFile[],
): Omit<StatementFacts, 'files'> => {
  const office = readOffice(store)
  return {
    right: request.right,
    at: request.at,
    zone: office.zone,
    utcOffsetMinutes: officeDay(office, new Date(request.at)).utcOffsetMinutes,
    authority: office.authority,
    office: office.name,
    reference: office.personalData?.reference,
    agents: [request.agent, ...(request.witness === undefined ? [] : [request.witness])],
    numbers: files.map((file) => file.number),
    erased: [],
    kept: [],
  }
}

/** What of a file is the person's; the salt is the register's own. */
const plain = ({ facts: { salt: _, ...facts }, ...file }: PersonalFile): unknown => ({ ...file, facts })
