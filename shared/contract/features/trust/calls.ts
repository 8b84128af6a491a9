import { z } from 'zod'
import { examination, heldSigner, signerFileLimit } from '../../../domain/identity/countrySigner.ts'
import { sha256Hex } from '../../../ids.ts'
import { bytes, call, none } from '../../call.ts'
import { faultSchema } from '../../faultSchema.ts'

const signerFile = bytes.refine((file) => file.byteLength <= signerFileLimit)
/** Fingerprints of list signers that a person compared with the published ones. */
const compared = z.array(sha256Hex).max(100)

/** Whose documents are believed here. */
export const calls = {
  /** Whose documents are believed here; `fault` when those installed with the program cannot be told. */
  'trust.list': call(
    'administerDevice',
    none,
    z.strictObject({ signers: z.array(heldSigner), fault: faultSchema.optional() }),
  ),
  /** What a file would bring: it is read where cards are read, and nothing is changed. */
  'trust.examine': call('administerDevice', z.strictObject({ bytes: signerFile, compared }), examination),
  /** `name` is the file's, for people. */
  'trust.add': call(
    'administerDevice',
    z.strictObject({ name: z.string().min(1).max(255), bytes: signerFile, compared }),
    examination,
  ),
  'trust.remove': call(
    'administerDevice',
    z.strictObject({ fingerprints: z.array(sha256Hex).min(1).max(4_000) }),
    z.strictObject({ removed: z.int() }),
  ),
} as const

export const events = {} as const
