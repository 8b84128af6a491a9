import type { HttpResponse } from 'tus-js-client'
import { platformPaths } from '#shared/contract/platform.ts'
import { faultOf, type Fault } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { Access } from '../access.ts'
import { refusal } from '../answers.ts'
import type { WaitingFile } from '../ports.ts'
import { createWayOut, type WayOut } from '../wayOut.ts'
import { tusStack } from './tusStack.ts'

/** How a file's bytes reach the platform; the one place that knows by which protocol. */
export interface Uploader {
  /**
   * Brings the bytes over, going on where `file.url` broke off. `onUrl` hears where this upload lives before the first
   * byte leaves.
   * Faults: platform.unreachable, platform.certificate, platform.proxy, platform.failed, platform.unauthorised, platform.busy, call.cancelled.
   */
  upload(file: WaitingFile, bytes: Uint8Array, onUrl: (url: string) => void, signal: AbortSignal): Promise<Result<void>>
}

/** Bytes in one exchange (fast enough, and little to send again after a cut). */
export const chunkSize = 5 * 1024 * 1024

interface Options {
  readonly baseUrl: string
  readonly access: Access
  /** By which way; absent: straight. */
  readonly wayOut?: WayOut
}

/** Uploads by tus 1.0. It does not try again by itself: when the next turn comes, it goes on. */
export function createTusUploader({ baseUrl, access, wayOut = createWayOut() }: Options): Uploader {
  const endpoint = baseUrl.replace(/\/+$/, '') + platformPaths.uploads
  return {
    upload: async ({ sha256, mime, url }, bytes, onUrl, signal) => {
      // Read with the first file: a start does without.
      const { DetailedError, Upload } = await import('tus-js-client')
      return new Promise((resolve) => {
        let refused: Fault | undefined
        let unheard: Fault | undefined
        let again = false
        const upload = new Upload(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
          endpoint,
          httpStack: tusStack(wayOut, (fault) => {
            unheard = fault
          }),
          ...(url === undefined ? {} : { uploadUrl: url }),
          chunkSize,
          // Asked again is only what was answered with a new nonce, or for want of a new token.
          retryDelays: [0, 0],
          onShouldRetry: () => again,
          storeFingerprintForResuming: false,
          metadata: { sha256, filetype: mime },
          onBeforeRequest: async (request) => {
            again = false
            const proved = await access.headers(
              { method: request.getMethod(), url: request.getURL(), proof: 'token' },
              signal,
            )
            refused = proved.ok ? undefined : proved.fault
            if (!proved.ok) throw new Error(proved.fault.code)
            for (const [name, value] of Object.entries(proved.value)) request.setHeader(name, value)
          },
          onAfterResponse: (_, response) => {
            again = access.heard({ status: response.getStatus(), header: (name) => response.getHeader(name) })
          },
          onUploadUrlAvailable: () => {
            if (upload.url !== null) onUrl(upload.url)
          },
          onSuccess: () => {
            end(ok(undefined))
          },
          onError: (cause) => {
            end(err(refused ?? faultOfError(cause instanceof DetailedError ? cause.originalResponse : null, unheard)))
          },
        })
        const stop = (): void => {
          void upload.abort().catch(() => undefined)
          end(err(faultOf('call.cancelled')))
        }
        // The signal lives as long as the outbox: a listener that stays on it would hold this file in memory.
        const end = (result: Result<void>): void => {
          signal.removeEventListener('abort', stop)
          resolve(result)
        }
        signal.addEventListener('abort', stop, { once: true })
        if (signal.aborted) stop()
        else upload.start()
      })
    },
  }
}

const faultOfError = (answer: HttpResponse | null, unheard = faultOf('platform.unreachable', 'upload')): Fault => {
  const status = answer?.getStatus() ?? 0
  return status === 0 ? unheard : refusal({ status, body: answer?.getBody() ?? '' })
}
