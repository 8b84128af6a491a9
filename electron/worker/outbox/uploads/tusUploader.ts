import { DetailedError, Upload } from 'tus-js-client'
import { platformPaths } from '#shared/contract/platform.ts'
import { faultOf, type Fault } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { WaitingFile } from '../ports.ts'

/** How a file's bytes reach the platform; the one place that knows by which protocol. */
export interface Uploader {
  /**
   * Brings the bytes over, going on where `file.url` broke off. `onUrl` hears where this upload lives before the first byte leaves.
   * Faults: platform.unreachable, platform.failed, platform.unauthorised, platform.busy, call.cancelled.
   */
  upload(file: WaitingFile, bytes: Uint8Array, onUrl: (url: string) => void, signal: AbortSignal): Promise<Result<void>>
}

/** Bytes in one exchange (sync.md §4: fast enough, and little to send again). */
export const chunkSize = 5 * 1024 * 1024

interface Options {
  readonly baseUrl: string
  /** The bearer token of the next request. */
  readonly token: () => Promise<string>
}

/** Uploads by tus 1.0. It does not try again by itself: when the next turn comes, it goes on. */
export function createTusUploader({ baseUrl, token }: Options): Uploader {
  const endpoint = baseUrl.replace(/\/+$/, '') + platformPaths.uploads
  return {
    upload: ({ sha256, mime, url }, bytes, onUrl, signal) => new Promise((resolve) => {
      const upload = new Upload(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
        endpoint,
        ...(url === undefined ? {} : { uploadUrl: url }),
        chunkSize,
        retryDelays: null,
        storeFingerprintForResuming: false,
        metadata: { sha256, filetype: mime },
        onBeforeRequest: async (request) => { request.setHeader('authorization', `Bearer ${await token()}`) },
        onUploadUrlAvailable: () => { if (upload.url !== null) onUrl(upload.url) },
        onSuccess: () => { resolve(ok(undefined)) },
        onError: (cause) => { resolve(err(faultOfError(cause))) },
      })
      const stop = (): void => {
        void upload.abort().catch(() => undefined)
        resolve(err(faultOf('call.cancelled')))
      }
      signal.addEventListener('abort', stop, { once: true })
      if (signal.aborted) stop()
      else upload.start()
    }),
  }
}

const faultOfError = (cause: Error): Fault => {
  const status = cause instanceof DetailedError ? cause.originalResponse?.getStatus() : undefined
  if (status === undefined || status === 0) return faultOf('platform.unreachable', 'upload')
  if (status === 401 || status === 403) return faultOf('platform.unauthorised', String(status), { status })
  if (status === 429 || status === 503) return faultOf('platform.busy', String(status), { status })
  return faultOf('platform.failed', String(status), { status })
}
