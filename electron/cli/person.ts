import { join } from 'node:path'
import { v7 } from 'uuid'
import { personalRight } from '#shared/contract/features/personalData/acts.ts'
import type { HeldFileView, PersonalRequestView } from '#shared/contract/features/personalData/calls.ts'
import type { OutFolder } from '#electron/worker/files/target.ts'
import { faultOf } from '#shared/fault.ts'
import { registerNumber } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { Command, CommandContext, Said } from './command.ts'
import type { OpenWorker } from './openWorker.ts'

const sought = {
  document: { type: 'string' },
  number: { type: 'string' },
  'family-name': { type: 'string' },
  'given-names': { type: 'string' },
} as const
const asking = { ...sought, login: { type: 'string' } } as const
const whom = '[--document NUMBER] [--number REGISTER-NUMBER] [--family-name NAME --given-names NAMES] --login LOGIN'

/** What was not found is said of the spelling that was looked for: the answer to a person has to be true. */
const nothingFound = [
  'nothing is held under what was looked for',
  'a name is found however it is accented and put together, not in another spelling; try the name in its own letters',
  'national numbers are kept masked: one is compared only together with --family-name',
].join('\n')

/** `guichet person …`: what is held on a person, for the person. */
export const personCommands: readonly Command[] = [
  {
    name: 'person find',
    usage: whom,
    summary: 'what this counter holds on a person, and what of it the law lets go',
    options: asking,
    run: (context) =>
      withFiles(context, (_, files) =>
        Promise.resolve(
          ok({
            json: { files: files.map(plain) },
            text: files.length === 0 ? nothingFound : files.map(lineOf).join('\n'),
          }),
        ),
      ),
  },
  {
    name: 'person export',
    usage: `${whom} --out FOLDER`,
    summary: 'a copy for the person, as PDF and JSON; the request is entered and sent',
    options: { ...asking, out: { type: 'string' } },
    run: (context) =>
      withFiles(context, async ({ ask }, files) => {
        if (files.length === 0) return err(faultOf('request.unknown'))
        const { out } = context.options
        if (typeof out !== 'string') return err(faultOf('call.invalid', '--out FOLDER'))
        const place = await prepared(out)
        if (!place.ok) return place
        const copy = await ask('personalData.export', { commandId: v7(), files: files.map((file) => file.requestId) })
        if (!copy.ok) return copy
        const { name, pdf, json, request } = copy.value
        return written(
          { place: place.value, folder: out },
          [
            [`${name}.pdf`, pdf],
            [`${name}.json`, json],
          ],
          request,
        )
      }),
  },
  {
    name: 'person erase',
    usage: `${whom} --right erasure|opposition|rectification --reason TEXT --second LOGIN --out FOLDER`,
    summary:
      "wipes what the law lets go; the second person's password is in GUICHET_SECOND_PASSWORD; the answer is written as PDF",
    options: {
      ...asking,
      right: { type: 'string' },
      reason: { type: 'string' },
      second: { type: 'string' },
      out: { type: 'string' },
    },
    run: (context) =>
      withFiles(context, async ({ ask }, files) => {
        const { right, reason, second, out } = context.options
        const parsed = personalRight.exclude(['access']).safeParse(right ?? 'erasure')
        if (!parsed.success || typeof reason !== 'string' || typeof second !== 'string' || typeof out !== 'string') {
          return err(faultOf('call.invalid', '--right, --reason, --second and --out'))
        }
        if (files.length === 0) return err(faultOf('request.unknown'))
        const place = await prepared(out)
        if (!place.ok) return place
        const answer = await ask('personalData.erase', {
          commandId: v7(),
          files: files.map((file) => file.requestId),
          right: parsed.data,
          reason,
          second: { login: second, password: context.env['GUICHET_SECOND_PASSWORD'] ?? '' },
        })
        return answer.ok
          ? written(
              { place: place.value, folder: out },
              [[`${answer.value.name}.pdf`, answer.value.pdf]],
              answer.value.request,
            )
          : answer
      }),
  },
]

/**
 * The files of the person who is named, in a register opened by whoever signs in; searching is entered in the access
 * log.
 */
const withFiles = async (
  context: CommandContext,
  act: (worker: OpenWorker, files: readonly HeldFileView[]) => Promise<Result<Said>>,
): Promise<Result<Said>> => {
  const { document, number, 'family-name': familyName, 'given-names': givenNames } = context.options
  const read = registerNumber.safeParse(number)
  if (number !== undefined && !read.success) return err(faultOf('call.invalid', '--number 2026/RAB03-G2/000001'))
  const [{ openWorker }, { noDevices }] = await Promise.all([import('./openWorker.ts'), import('./noDevices.ts')])
  const worker = await openWorker(context, { devices: noDevices })
  if (!worker.ok) return worker
  try {
    const found = await worker.value.ask('personalData.find', {
      ...(typeof document === 'string' ? { document } : {}),
      ...(read.success ? { number: read.data } : {}),
      ...(typeof familyName === 'string'
        ? { name: { familyName, givenNames: typeof givenNames === 'string' ? givenNames : '' } }
        : {}),
    })
    return found.ok ? await act(worker.value, found.value.files) : found
  } finally {
    await worker.value.close()
  }
}

/** Whether copies can be put there, found out before anything is entered. */
const prepared = async (folder: string): Promise<Result<OutFolder>> =>
  (await import('#electron/worker/files/target.ts')).prepareOut(folder)

/** Copies lie where the caller wants them and nowhere else: they are in clear. */
const written = (
  { place, folder }: { readonly place: OutFolder; readonly folder: string },
  files: readonly (readonly [string, Uint8Array])[],
  request: PersonalRequestView,
): Result<Said> => {
  // The act is committed: what cannot be written now is told with it, never as if nothing had been done.
  const missed = files.flatMap(([name, bytes]) => {
    const put = place.write(join(folder, name), bytes)
    return put.ok ? [] : [{ file: join(folder, name), fault: put.fault }]
  })
  const counts = (label: string, list: PersonalRequestView['kept']): string[] =>
    list.map(
      (one) =>
        `${label.padEnd(7)} ${String(one.count).padStart(4)}  ${one.kind}${one.until === undefined ? '' : `  until ${one.until}`}`,
    )
  const paths = files.map(([name]) => join(folder, name)).filter((path) => missed.every(({ file }) => file !== path))
  return ok({
    json: { request, files: paths, ...(missed.length === 0 ? {} : { notWritten: missed }) },
    text: [
      ...paths,
      ...missed.map(({ file, fault }) => `${file} was not written: ${fault.code} ${fault.detail ?? ''}`),
      ...(missed.length === 0 ? [] : [`the request is entered as ${request.id}; asking again enters another one`]),
      ...counts('erased', request.erased),
      ...counts('kept', request.kept),
    ].join('\n'),
    ...(missed.length === 0 ? {} : { failed: true }),
  })
}

/** Without the name: what is printed on a terminal stays there. */
const plain = ({ citizen: _, ...file }: HeldFileView): unknown => file
const lineOf = (file: HeldFileView): string =>
  [
    `${file.number}  ${file.depositedAt}  ${file.procedure.fr}`,
    ...file.held.map(
      (part) =>
        `    ${String(part.count).padStart(3)}  ${part.kind}${part.until === undefined ? '  may go' : `  until ${part.until}`}`,
    ),
  ].join('\n')
