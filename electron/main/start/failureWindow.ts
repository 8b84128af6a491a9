import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { app, BrowserWindow, Menu, nativeTheme, session } from 'electron'
import { startChoices, type StartFailure } from '#shared/domain/startFailure.ts'
import { ownOrigin } from '../policy.ts'
import { lockDown } from '../serve.ts'
import { usualVoice } from '../voice.ts'

/** Only main comes to these addresses, and goes nowhere. */
const chosen = (address: string): 'again' | 'leave' | undefined => {
  const { pathname } = new URL(address)
  if (pathname === `/${startChoices.again}`) return 'again'
  return pathname === `/${startChoices.leave}` ? 'leave' : undefined
}

/**
 * Shows why the program does not start, with a way to try again. No worker, no register and no data folder are needed:
 * Chromium's own files go into a folder of the system's temporary ones.
 * @param early nothing of the program was begun yet
 */
export async function showStartFailure(
  failure: StartFailure,
  { early, onAgain }: { readonly early: boolean; readonly onAgain: () => void },
): Promise<void> {
  if (early) app.setPath('userData', mkdtempSync(join(tmpdir(), 'guichet-start-')))
  await app.whenReady()
  if (!session.defaultSession.protocol.isProtocolHandled('app')) {
    Menu.setApplicationMenu(null)
    lockDown(session.defaultSession, undefined, usualVoice)
  }
  const window = new BrowserWindow({
    width: 900,
    height: 560,
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#16181d' : '#f5f6f8',
    webPreferences: {
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  })
  window.webContents.setWindowOpenHandler(() => ({ action: 'deny' }))
  window.webContents.on('will-navigate', (event) => {
    event.preventDefault()
    const choice = chosen(event.url)
    if (choice === 'again') onAgain()
    else if (choice === 'leave') app.exit(1)
  })
  app.once('window-all-closed', () => {
    app.exit(1)
  })
  await window.loadURL(`${ownOrigin}/start.html#${encodeURIComponent(JSON.stringify(failure))}`)
}
