import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { protocol, type Session } from 'electron'
import { findAsset, findRecording, mayLoad, securityHeaders, type Asset } from './policy.ts'
import { recordingsFolder, voiceNow, type VoiceSettings } from './voice.ts'

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
 */
export function lockDown(session: Session, devServer: string | undefined, voice: VoiceSettings): void {
  const folder = join(import.meta.dirname, '../renderer')
  const shipped = join(folder, 'recordings')
  const assetOf = (url: string): Asset | undefined => {
    const recording = findRecording(url)
    if (recording === undefined || recording === 'list') return findAsset(url, folder)
    const { language, file, mediaType } = recording
    return { file: join(recordingsFolder(voice, shipped, language), file), mediaType }
  }
  session.protocol.handle('app', async ({ method, url }) => {
    if (method === 'GET' && findRecording(url) === 'list')
      return Response.json(await voiceNow(voice, shipped), { headers: securityHeaders })
    const asset = method === 'GET' ? assetOf(url) : undefined
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
