import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { chromium, type Browser } from 'playwright-core'
import { build } from 'vite'
import { page } from '../renderer/vite.config.ts'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
}
/** As strict as the window's own policy: what a screen may not do there fails here too. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; base-uri 'none'; form-action 'none'; object-src 'none'"

export interface DemoSite {
  readonly address: string
  readonly browser: Browser
  close(): Promise<void>
}

/**
 * Builds the screens over the synthetic register, serves them on a free local port, and starts the system's Chromium.
 */
export async function openDemoSite(outDir: string): Promise<DemoSite> {
  await build({ ...page(true), configFile: false, logLevel: 'error', build: { ...page(true).build, outDir } })
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname)
    const file = path === '/' ? '/index.html' : path
    readFile(join(outDir, file)).then(
      (bytes) =>
        response
          .writeHead(200, {
            'content-type': types[extname(file)] ?? 'application/octet-stream',
            'content-security-policy': policy,
          })
          .end(bytes),
      () => response.writeHead(404).end(),
    )
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
  return {
    address: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`,
    browser,
    close: async () => {
      await browser.close()
      server.close()
    },
  }
}
