import { fingerprintOf } from '#shared/domain/enrolment.ts'
import type { CounterLine, IncidentLine, Operations } from './readOperations.ts'

export const style = `
:root { color-scheme: light dark; --ink: #14201a; --quiet: #56625c; --line: #dde3e0; --ground: #f6f8f7; --sheet: #fff; --accent: #0b5d3b; --warn: #8a4b00; --danger: #a11c1c }
@media (prefers-color-scheme: dark) { :root { --ink: #e8eeeb; --quiet: #9fada6; --line: #2b3531; --ground: #111714; --sheet: #18201c; --accent: #6fce9f; --warn: #f0b055; --danger: #ff8a80 } }
* { box-sizing: border-box; margin: 0 }
body { font: 14px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--ground) }
main { max-width: 1280px; margin: 0 auto; padding: 28px 24px 48px }
header { display: flex; align-items: baseline; gap: 16px; margin-bottom: 20px }
h1 { font-size: 20px; font-weight: 600; letter-spacing: -.01em }
h2 { font-size: 14px; font-weight: 600; padding: 12px 16px; border-bottom: 1px solid var(--line) }
.quiet { color: var(--quiet) }
dl { display: grid; grid-template-columns: repeat(5, 1fr); background: var(--sheet); border: 1px solid var(--line); border-radius: 8px; margin-bottom: 16px }
dl div { padding: 12px 16px } dl div + div { border-left: 1px solid var(--line) }
dt { color: var(--quiet); font-size: 12px } dd { font-size: 22px; font-weight: 600; font-variant-numeric: tabular-nums; line-height: 1.3 }
section { background: var(--sheet); border: 1px solid var(--line); border-radius: 8px; margin-bottom: 16px; overflow-x: auto }
table { width: 100%; border-collapse: collapse }
th { text-align: left; font-weight: 500; font-size: 12px; color: var(--quiet); padding: 8px 12px; white-space: nowrap }
td { padding: 8px 12px; border-top: 1px solid var(--line); white-space: nowrap; font-variant-numeric: tabular-nums }
td.wide { white-space: normal; overflow-wrap: anywhere } .number { text-align: right }
.warn { color: var(--warn); font-weight: 600 } .danger { color: var(--danger); font-weight: 600 } .ok { color: var(--accent) }
p.empty { padding: 20px 16px; color: var(--quiet) }
@media (max-width: 800px) { dl { grid-template-columns: 1fr 1fr } dl div + div { border-left: 0 } }
`

/** Without a word for longer than this a counter is to be looked after, in milliseconds. */
const silent = 24 * 60 * 60_000
const kinds: Readonly<Record<string, string>> = {
  chain: 'Act out of its chain',
  head: 'Journal contradicts its head',
  closing: 'Closing out of its chain',
  series: 'Series closed',
  conflict: 'Same number, other act',
}

/** The page, whole, without a script. Every text from outside is escaped. */
export function operationsPage(
  { counters, incidents, devices, decisions }: Operations,
  now: Date,
  database: string,
): string {
  const sum = (of: (line: CounterLine) => number): number => counters.reduce((total, line) => total + of(line), 0)
  const quietOnes = counters.filter((line) => isSilent(line, now)).length
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Operations</title><style>${style}</style></head>
<body><main>
<header><h1>Operations</h1><p class="quiet">${stamp(now)} UTC · ${escaped(database)}</p></header>
<dl>
${figure('Counters', counters.length)}${figure('Silent for a day', quietOnes, quietOnes > 0 ? 'warn' : '')}${figure(
    'Acts',
    sum((line) => line.acts),
  )}
${figure(
  'To correct',
  sum((line) => line.corrections),
  sum((line) => line.corrections) > 0 ? 'warn' : '',
)}${figure('Alarms', incidents.length, incidents.length > 0 ? 'danger' : '')}
</dl>
<section tabindex="0" aria-label="Alarms"><h2>Alarms</h2>${incidents.length === 0 ? '<p class="empty">Nothing to look into.</p>' : incidentTable(incidents)}</section>
<section tabindex="0" aria-label="Counters"><h2>Counters</h2>${counters.length === 0 ? '<p class="empty">No counter is enrolled yet.</p>' : counterTable(counters, now)}</section>
<section tabindex="0" aria-label="Devices"><h2>Devices</h2>${devices.length === 0 ? '<p class="empty">No device has asked yet.</p>' : deviceTable(devices, now)}</section>
<section tabindex="0" aria-label="Decisions"><h2>Decisions of the operator</h2>${decisions.length === 0 ? '<p class="empty">Nothing was decided yet.</p>' : decisionTable(decisions)}</section>
</main></body></html>
`
}

const figure = (label: string, value: number, tone = ''): string =>
  `<div><dt>${label}</dt><dd class="${tone}">${value.toLocaleString('en')}</dd></div>`

const incidentTable = (incidents: readonly IncidentLine[]): string =>
  table(
    ['When (UTC)', 'Counter', 'What', 'No.', 'Detail'],
    incidents.map((one) => [
      cell(stamp(one.at), 'quiet'),
      cell(one.counter),
      cell(kinds[one.kind] ?? one.kind, one.kind === 'series' ? 'warn' : 'danger'),
      cell(String(one.seq), 'number'),
      cell(one.detail, 'wide quiet'),
    ]),
  )

const counterTable = (counters: readonly CounterLine[], now: Date): string =>
  table(
    [
      'Counter',
      'Seen',
      'Acts',
      'Last act',
      'Lag',
      'Journal head',
      'Closed',
      'Rejected',
      'To correct',
      'Files due',
      'Alarms',
      'Device',
    ],
    counters.map((line) => [
      cell(line.counter),
      cell(line.seenAt === undefined ? '—' : ago(line.seenAt, now), isSilent(line, now) ? 'warn' : ''),
      cell(line.acts.toLocaleString('en'), 'number'),
      cell(line.lastAct === undefined ? '—' : ago(line.lastAct.receivedAt, now), 'quiet'),
      cell(line.lastAct === undefined ? '—' : span(line.lastAct.lagMs), 'number'),
      cell(
        line.head === undefined ? '—' : `${line.head.seq.toLocaleString('en')} · ${ago(line.head.at, now)}`,
        'quiet',
      ),
      cell(line.lastClosing ?? '—', 'quiet'),
      count(line.rejected, ''),
      count(line.corrections, 'warn'),
      count(line.files, ''),
      count(line.incidents, 'danger'),
      stateCell(line.state),
    ]),
  )

const deviceTable = (devices: Operations['devices'], now: Date): string =>
  table(
    ['Counter', 'Fingerprint', 'State', 'Asked (UTC)', 'Decided (UTC)', 'Last seen'],
    devices.map((one) => [
      cell(one.counterId),
      cell(one.fingerprint),
      stateCell(one.state),
      cell(stamp(new Date(one.askedAt)), 'quiet'),
      cell(one.decidedAt === undefined ? '—' : stamp(new Date(one.decidedAt)), 'quiet'),
      cell(one.lastSeenAt === undefined ? 'never' : ago(new Date(one.lastSeenAt), now)),
    ]),
  )

const decisionTable = (decisions: Operations['decisions']): string =>
  table(
    ['When (UTC)', 'Counter', 'What', 'Detail'],
    decisions.map((one) => [
      cell(stamp(one.at), 'quiet'),
      cell(one.counter),
      cell(
        { code: 'Code made', approved: 'Device approved', revoked: 'Device revoked', key: 'New key of the platform' }[
          one.what
        ],
        one.what === 'revoked' ? 'danger' : '',
      ),
      cell(
        one.what === 'code' ? `good until ${stamp(new Date(one.subject))}` : fingerprintOf(one.subject),
        'wide quiet',
      ),
    ]),
  )

const stateCell = (state: CounterLine['state']): string =>
  cell(
    { approved: 'in service', pending: 'to approve', revoked: 'revoked' }[state],
    { approved: 'ok', pending: 'warn', revoked: 'danger' }[state],
  )

const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  `<table><thead><tr>${heads.map((head) => `<th scope="col"${numeric.has(head) ? ' class="number"' : ''}>${head}</th>`).join('')}</tr></thead><tbody>${rows.map((row) => `<tr>${row.join('')}</tr>`).join('')}</tbody></table>`
const numeric = new Set(['No.', 'Acts', 'Lag', 'Rejected', 'To correct', 'Files due', 'Alarms'])
const cell = (text: string, tone = ''): string => `<td${tone === '' ? '' : ` class="${tone}"`}>${escaped(text)}</td>`
const count = (value: number, tone: string): string =>
  cell(value.toLocaleString('en'), `number ${value === 0 ? 'quiet' : tone}`.trim())
const isSilent = (line: CounterLine, now: Date): boolean =>
  line.state === 'approved' && now.getTime() - (line.seenAt?.getTime() ?? now.getTime()) > silent
const stamp = (at: Date): string => at.toISOString().slice(0, 16).replace('T', ' ')
const ago = (at: Date, now: Date): string => `${span(Math.max(0, now.getTime() - at.getTime()))} ago`

function span(ms: number): string {
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return `${String(seconds)} s`
  if (seconds < 3600) return `${String(Math.round(seconds / 60))} min`
  return seconds < 172_800 ? `${String(Math.round(seconds / 3600))} h` : `${String(Math.round(seconds / 86_400))} d`
}

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${String(sign.charCodeAt(0))};`)
