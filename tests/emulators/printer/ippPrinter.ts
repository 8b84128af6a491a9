import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openIppPrinters } from '#drivers/printer/ipp/printers.ts'
import { parseIppServer } from '#drivers/printer/ipp/server.ts'
import type { Medium } from '#shared/ports/printer.ts'
import { start, until, type Running } from './processes.ts'

/** What an office printer takes. */
export type Sheet = Extract<Medium, 'a4' | 'a5'>

const sizes: Readonly<Record<Sheet, { readonly name: string; readonly x: number; readonly y: number }>> = {
  a4: { name: 'iso_a4_210x297mm', x: 21_000, y: 29_700 },
  a5: { name: 'iso_a5_148x210mm', x: 14_800, y: 21_000 },
}

/** The attributes of a small office printer; ippeveprinter's own model knows no A5. */
function attributes(papers: readonly [Sheet, ...Sheet[]]): string {
  const names = papers.map((paper) => sizes[paper].name).join(',')
  const size = (paper: Sheet): string =>
    `{MEMBER integer x-dimension ${sizes[paper].x} MEMBER integer y-dimension ${sizes[paper].y}}`
  const margins = ['bottom', 'left', 'right', 'top'].map((side) => `ATTR integer media-${side}-margin-supported 400`)
  return [
    'ATTR keyword compression-supported deflate,gzip,none',
    'ATTR mimeMediaType document-format-default application/pdf',
    'ATTR mimeMediaType document-format-supported application/pdf,image/jpeg,image/pwg-raster',
    `ATTR keyword media-default ${sizes[papers[0]].name}`,
    `ATTR keyword media-supported ${names}`,
    `ATTR keyword media-ready ${names}`,
    `ATTR collection media-size-supported ${papers.map(size).join(',')}`,
    `ATTR collection media-col-default {MEMBER collection media-size ${size(papers[0])} MEMBER keyword media-size-name ${sizes[papers[0]].name}}`,
    ...margins,
    'ATTR keyword media-source-supported auto',
    'ATTR keyword media-type-supported stationery',
    'ATTR keyword media-col-supported media-bottom-margin,media-left-margin,media-right-margin,media-size,media-size-name,media-source,media-top-margin,media-type',
    'ATTR keyword print-color-mode-default monochrome',
    'ATTR keyword print-color-mode-supported monochrome',
    'ATTR enum print-quality-default 4',
    'ATTR enum print-quality-supported 4',
    'ATTR resolution printer-resolution-default 600dpi',
    'ATTR resolution printer-resolution-supported 600dpi',
    'ATTR resolution pwg-raster-document-resolution-supported 600dpi',
    'ATTR keyword pwg-raster-document-sheet-back normal',
    'ATTR keyword pwg-raster-document-type-supported sgray_8',
    'ATTR keyword sides-default one-sided',
    'ATTR keyword sides-supported one-sided',
    'ATTR boolean color-supported false',
    '',
  ].join('\n')
}

/** Runs once per job: what the control file says decides what the printer does with the document. */
const jobScript = (control: string, received: string): string => `#!/bin/sh
says() { grep -qx "$1" '${control}'; }
alive() { kill -0 "$PPID" 2>/dev/null || exit 1; }
while says paperOut; do
  echo 'STATE: +media-empty-error,media-needed-error' >&2
  alive; sleep 0.1
done
echo 'STATE: -media-empty-error,media-needed-error' >&2
while says slow; do alive; sleep 0.1; done
says abort && exit 1
cp "$1" '${received}/'"$(date +%s%N)".pdf
`

/** A printer that speaks IPP, on its own port, with a control file that decides its mood. */
export interface IppPrinter {
  readonly uri: string
  switchOn(): Promise<void>
  switchOff(): Promise<void>
}

/** Prepares a printer in a folder; `switchOn` starts it. */
export async function prepareIppPrinter(options: {
  readonly folder: string
  readonly name: string
  readonly port: number
  readonly papers: readonly [Sheet, ...Sheet[]]
  readonly control: string
  readonly received: string
  readonly env: Readonly<Record<string, string>>
}): Promise<IppPrinter> {
  const { folder, name, port } = options
  const [model, script, spool, keys] = [
    join(folder, 'printer.conf'),
    join(folder, 'job.sh'),
    join(folder, 'printer'),
    join(folder, 'keys'),
  ]
  await Promise.all([mkdir(spool), mkdir(keys)])
  await writeFile(model, attributes(options.papers))
  await writeFile(script, jobScript(options.control, options.received), { mode: 0o755 })
  const uri = `ipp://localhost:${port}/ipp/print`
  const server = parseIppServer(uri)
  if (server === undefined) throw new Error(`not an address: ${uri}`)
  const itself = openIppPrinters({ server })
  let running: Running | undefined
  return {
    uri,
    switchOn: async () => {
      const started = start(
        'ippeveprinter',
        ['-r', 'off', '-d', spool, '-K', keys, '-p', String(port), '-n', 'localhost', '-c', script, '-a', model, name],
        options.env,
      )
      running = started
      await until('the printer', async () => (await itself.list()).ok, 30_000, started.said)
    },
    switchOff: async () => {
      await running?.stop()
      running = undefined
    },
  }
}
