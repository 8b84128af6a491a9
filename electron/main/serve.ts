import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { protocol, type Session } from 'electron'
import { findAsset, mayLoad, securityHeaders } from './policy.ts'

/** Must run before Electron is ready, so at the top level of the entry. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: 'app',
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
    },
  ])
}

/** Serves the built pages at `app://guichet`, refuses every permission, and lets nothing else be loaded. */
export function lockDown(session: Session, devServer: string | undefined): void {
  const folder = join(import.meta.dirname, '../renderer')
  session.protocol.handle('app', async ({ method, url }) => {
    const asset = method === 'GET' ? findAsset(url, folder) : undefined
    const body = asset && (await readFile(asset.file).catch(() => undefined))
    return asset && body
      ? new Response(new Uint8Array(body), { headers: { ...securityHeaders, 'content-type': asset.mediaType } })
      : new Response('Not found', { status: 404, headers: securityHeaders })
  })
  session.setPermissionRequestHandler((_page, _permission, answer) => {
    answer(false)
  })
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.webRequest.onBeforeRequest(({ url }, answer) => {
    answer({ cancel: !mayLoad(url, devServer) })
  })
}
