import { AsyncLocalStorage } from 'node:async_hooks'
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { FileStore } from '@tus/file-store'
import { Server } from '@tus/server'
import { attachmentLimit } from '#shared/contract/features/intake/calls.ts'
import { platformPaths } from '#shared/contract/platform.ts'
import { sha256Hex } from '#shared/ids.ts'
import type { Files } from './files.ts'

/** Whether an upload is of this counter: its name begins with the counter's. */
export const isUploadOf = (counter: string, upload: string): boolean => upload.startsWith(`${counter}.`)

/**
 * Uploads by tus 1.0 (creation, HEAD, PATCH) into a folder. A file whose bytes are all there is taken over when its
 * hash is the one
 * that it was announced with; another is answered 460 and begun anew. Nothing expires: a counter may be away for longer
 * than any term.
 */
export function createUploads(
  files: Files,
  directory: string,
): (counter: string, request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const asking = new AsyncLocalStorage<string>()
  const wrong = (status_code: number, body: string): Error => Object.assign(new Error(body), { status_code, body })
  const open = (): Server => {
    const store = new FileStore({ directory })
    return new Server({
      path: platformPaths.uploads,
      datastore: store,
      maxSize: attachmentLimit,
      generateUrl: (_, { id }) => `uploads/${id}`,
      namingFunction: () => `${asking.getStore() ?? ''}.${randomUUID()}`,
      // tus answers what is thrown here, by its status_code and body.
      onUploadCreate: (_, { metadata }) =>
        sha256Hex.safeParse(metadata?.['sha256']).success ? Promise.resolve({}) : Promise.reject(wrong(422, 'sha256')),
      onUploadFinish: async (_, { id, metadata }) => {
        const counter = asking.getStore() ?? ''
        if (await files.adopt(counter, sha256Hex.parse(metadata?.['sha256']), join(directory, id))) return {}
        await store.remove(id)
        throw wrong(460, 'checksum')
      },
    })
  }
  // The folder is made with the first upload.
  let tus: Server | undefined
  return (counter, request, response) => asking.run(counter, () => (tus ??= open()).handle(request, response))
}
