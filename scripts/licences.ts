/**
 * Licences of everything that ships: the production tree of the lock file and what the bundler put into the page
 * (`out/bundled-packages.json`, written by the build). Writes THIRD-PARTY-NOTICES.md, or with `--check` fails when
 * that file is stale or a licence is not on the list.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const allowed = new Set([
  'MIT',
  'MIT-0',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'Unlicense',
  'OFL-1.1',
  'Zlib',
  'Python-2.0',
  'CC-BY-4.0',
])

const lockFile = z.object({
  packages: z.record(
    z.string(),
    z.object({ version: z.string().optional(), dev: z.boolean().optional(), optional: z.boolean().optional() }),
  ),
})
const manifest = z.object({
  name: z.string(),
  version: z.string(),
  license: z.union([z.string(), z.object({ type: z.string() })]).optional(),
  licenses: z.array(z.object({ type: z.string() })).optional(),
})

export interface Shipped {
  readonly name: string
  readonly version: string
  readonly licence: string
  readonly text: string
}

/** Whether an SPDX expression can be satisfied with the allowed licences alone. */
export function isAllowed(expression: string): boolean {
  const alternatives = expression.replace(/[()]/g, ' ').split(/\s+OR\s+/i)
  return alternatives.some((one) => one.split(/\s+AND\s+/i).every((part) => allowed.has(part.trim())))
}

function read(folder: string): Shipped | undefined {
  const described = join(folder, 'package.json')
  if (!existsSync(described)) return undefined
  const parsed = manifest.parse(JSON.parse(readFileSync(described, 'utf8')))
  const named =
    typeof parsed.license === 'string'
      ? parsed.license
      : (parsed.license?.type ?? parsed.licenses?.map((one) => one.type).join(' OR ') ?? '')
  const names = readdirSync(folder)
  const own = names.find((name) => /^(licen[cs]e|copying)/i.test(name))
  const readMe = names.find((name) => /^readme/i.test(name))
  const text =
    own !== undefined
      ? readFileSync(join(folder, own), 'utf8').trim()
      : named !== '' || readMe === undefined
        ? ''
        : licenceIn(readFileSync(join(folder, readMe), 'utf8'))
  // Some old packages name their licence only by its text.
  const licence =
    named !== ''
      ? named
      : /Permission is hereby granted, free of charge|^\(?(The )?MIT\b/.test(text)
        ? 'MIT'
        : 'UNKNOWN'
  return { name: parsed.name, version: parsed.version, licence, text }
}

/** The chapter of a read-me that carries the licence; empty when it has none. */
export const licenceIn = (readMe: string): string =>
  /^#+\s*licen[cs]e\s*\n([\s\S]*?)(?=^#|$(?![\s\S]))/im.exec(readMe)?.[1]?.trim() ?? ''

/** Everything of `root` that reaches a user, sorted by name. */
export function shippedPackages(root: string): readonly Shipped[] {
  const lock = lockFile.parse(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')))
  const production = Object.entries(lock.packages)
    .filter(([path, entry]) => path !== '' && entry.dev !== true)
    .map(([path]) => path)
  const bundled = z.array(z.string()).parse(JSON.parse(readFileSync(join(root, 'out/bundled-packages.json'), 'utf8')))
  const found = [...new Set([...production, ...bundled])].flatMap((path) => read(join(root, path)) ?? [])
  return found.sort((a, b) => (`${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1))
}

/** The notice file: one line for each package, then each distinct licence text once. */
export function noticeOf(packages: readonly Shipped[]): string {
  const byText = Map.groupBy(
    packages.filter((one) => one.text !== ''),
    (one) => one.text,
  )
  const lines = packages.map((one) => `| ${one.name} | ${one.licence} |`)
  const texts = [...byText].map(
    ([text, users]) =>
      `## ${[...new Set(users.map((one) => one.name))].join(', ')}\n\n\`\`\`\n${text.replaceAll('```', "'''")}\n\`\`\``,
  )
  return [
    '# Third-party notices',
    '',
    'Written by `npm run licences`. The fonts in `resources/fonts` carry their own licence files (OFL-1.1).',
    '',
    '| Package | Licence |',
    '|---|---|',
    ...[...new Set(lines)],
    '',
    ...texts,
    '',
  ].join('\n')
}

if (import.meta.main) {
  const root = join(import.meta.dirname, '..')
  const packages = shippedPackages(root)
  const refused = packages.filter((one) => !isAllowed(one.licence))
  for (const one of refused) console.error(`licence not allowed: ${one.name}@${one.version} (${one.licence})`)
  const file = join(root, 'THIRD-PARTY-NOTICES.md')
  const notice = noticeOf(packages)
  const stale = process.argv.includes('--check') && (!existsSync(file) || readFileSync(file, 'utf8') !== notice)
  if (stale) console.error('THIRD-PARTY-NOTICES.md is stale: run npm run licences')
  if (!process.argv.includes('--check')) writeFileSync(file, notice)
  console.log(`${packages.length} shipped packages, ${refused.length} refused`)
  process.exitCode = refused.length > 0 || stale ? 1 : 0
}
