import { packTar } from '#electron/worker/outbox/carrier/tar.ts'

/** The whole archive of files that are at hand. */
export const archiveOf = (
  files: readonly { readonly name: string; readonly bytes: Uint8Array }[],
): Uint8Array<ArrayBuffer> =>
  new Uint8Array(
    Buffer.concat([
      ...packTar(files.map(({ name, bytes }) => ({ name, size: bytes.byteLength, pieces: () => [bytes] }))),
    ]),
  )
