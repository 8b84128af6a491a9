import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { protocol, type Session } from 'electron'
import { findAsset, findRecording, mayLoad, securityHeaders } from './policy.ts'

/** Must run before Electron is ready, so at the top level of the entry. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: 'app',
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
    },
  ])
}

/**
 * Serves the built pages at `app://guichet` with the recordings of walls, refuses every permission, and lets nothing
 * else be loaded.
 * @param recordings the folder with a folder of recordings for each language, or nothing of them
 */
export function lockDown(session: Session, devServer: string | undefined, recordings: string): void {
  const folder = join(import.meta.dirname, '../renderer')
  session.protocol.handle('app', async ({ method, url }) => {
    const recording = method === 'GET' ? findRecording(url, recordings) : undefined
    if (recording !== undefined && 'list' in recording) {
      const files = await readdir(recording.list).catch(() => [])
      return Response.json(files.sort(), { headers: securityHeaders })
    }
    const asset = recording?.asset ?? (method === 'GET' ? findAsset(url, folder) : undefined)
    const body = asset && (await readFile(asset.file).catch(() => undefined))
    return asset && body
      ? new Response(new Uint8Array(body), { headers: { ...securityHeaders, 'content-type': asset.mediaType } })
      : new Response('Not found', { status: 404, headers: securityHeaders })
  })
  session.setSpellCheckerEnabled(false)
  session.setPermissionRequestHandler((_page, _permission, answer) => {
    answer(false)
  })
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.webRequest.onBeforeRequest(({ url }, answer) => {
    answer({ cancel: !mayLoad(url, devServer) })
  })
}
