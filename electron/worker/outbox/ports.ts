import type { PlatformKey } from '#shared/contract/heads.ts'
import type { Change, CommandRecord, RefusalCode } from '#shared/contract/platform.ts'
import type { RefusedFile, SyncView } from '#shared/contract/features/sync/calls.ts'
import type { DigitalFile, DigitalItem } from '#shared/domain/mail/digitalItem.ts'
import type { Fault } from '#shared/fault.ts'
import type { Sha256 } from '#shared/ids.ts'
import type { Result } from '#shared/result.ts'

/** One act as it was committed. `json` is the whole envelope, byte for byte; it is never rewritten: its hash is in the journal. */
export interface QueuedCommand {
  readonly seq: number
  readonly id: string
  readonly sha256: string
  readonly json: string
}

/** Why an act was refused. */
export interface Refusal {
  readonly code: RefusalCode
  /** `fee.stampNumber` */
  readonly field?: string
}

/** What the platform said of one act. `duplicate` arrives here as `applied`: it is the same success heard twice. */
export interface CommandAnswer {
  readonly seq: number
  readonly id: string
  readonly state: 'applied' | 'rejected' | 'conflict'
  /** Why it was refused, as a code of the contract, and where in its data. */
  readonly refusal?: Refusal
  /** The platform's own words. */
  readonly answer?: string
  readonly platformNumber?: string
  /** When the platform received it, ISO 8601 UTC. */
  readonly receivedAt: string
}

/** What the counter remembers of its link between two starts. Instants are ISO 8601 UTC. */
export interface LinkState {
  /** The code that introduces this device, as it was typed. */
  readonly code?: string
  /** When the platform heard of this device; it waits there until its fingerprint is approved. */
  readonly askedAt?: string
  /** When the platform approved it. */
  readonly enrolledAt?: string
  /** When the platform was found to have revoked it; absent again when it was approved anew. */
  readonly revokedAt?: string
  /** The last time that the platform answered everything it was asked, but for an act that the way refuses. */
  readonly lastSyncAt?: string
  readonly link: 'unknown' | 'online' | 'offline'
  /** Since when the link has been as it is. */
  readonly since?: string
  /** Platform time minus ours when they last met, in milliseconds. */
  readonly skewMs?: number
  /** Where the feed of reference data was left. */
  readonly cursor?: string
  /** The version of the program that read it. */
  readonly readBy?: string
  /** When the feed was last read to its end. */
  readonly referenceAt?: string
}

/** Every answer of the platform about this device that is remembered; `refused` drops a code that it does not take. */
export type DeviceStanding = 'asked' | 'approved' | 'revoked' | 'refused'

/**
 * One page of the feed. `parked` are rows that this version cannot read: kept as text until a version can. `first` and
 * `last`: of a feed that was read from its beginning, and so names everything there is.
 */
export interface ReferencePage {
  readonly first?: boolean
  readonly last?: boolean
  readonly changes: readonly Change[]
  readonly parked: readonly string[]
  readonly cursor: string
}

/** How much one batch may hold, and the item that it has to begin at. */
export interface BatchLimit {
  readonly commands: number
  readonly bytes: number
  readonly from?: number
}

/**
 * The queue and the link memory as the outbox needs them; written with SQL in `worker/store`.
 * Every method is one transaction, durable when it returns. No method deletes an item.
 */
export interface OutboxStore {
  /**
   * A run of items without a hole, in `seq` order, at most `commands` items and `bytes` bytes of JSON (always one item
   * if there is any). It begins at `from`, or at the first item that is `pending` or `sending`; items from `from` on
   * are given whatever their state. Empty when the item at the beginning is not held.
   */
  batch(limit: BatchLimit): readonly QueuedCommand[]
  /**
   * A batch that leaves now: its items become `sending`, one attempt more; answered ones keep their state. The answers
   * to the batch before it are
   * written with it: a batch waits for the disk once.
   */
  take: (limit: BatchLimit, at: Date, answers?: readonly CommandAnswer[]) => readonly QueuedCommand[]
  /**
   * Items left `sending` (no answer came, or the program was killed) wait again as `pending`, with the fault if one is
   * known; `cleared` when it was not theirs, so that what they were said to have before is gone too.
   */
  release(fault?: Fault | 'cleared'): void
  /** Writes the answers; an item that had one before takes the new one. Returns of how many this was news. */
  record: (answers: readonly CommandAnswer[], at: Date) => number
  /**
   * Acts that the platform holds and this register lost: each keeps its place in the sequence, and the register goes
   * into
   * quarantine in the same transaction. `series`: numbers are given in this one or a later one afterwards.
   */
  keepLost(records: readonly CommandRecord[], at: Date, series?: number): void
  /**
   * How the platform stands to this device, when that is news. A revoked one takes no act until it is approved again.
   */
  device(standing: DeviceStanding, at: Date): void
  /** Highest `seq` ever committed, 0 when none. */
  highestSeq(): number
  counts(): OutboxCounts
  link(): LinkState
  saveLink(state: LinkState): void
  /** Rows, tombstones, parked rows and the cursor together. An account or a sheet comes whole; a tombstone ends it. */
  applyChanges(page: ReferencePage): void
}

/**
 * `refused` counts what the correction desk has to look at: acts `rejected` or in `conflict` that no later act put
 * right.
 */
export interface OutboxCounts {
  readonly pending: number
  readonly refused: number
  readonly oldestPendingAt?: string
  /** Files that the platform does not hold yet, if any. */
  readonly filesPending?: number
  /** Those of them that were refused, the first few. */
  readonly filesRefused?: RefusedFile[]
}

/** How far a request proves who asks: not at all, by the counter's key, or by its key and a token of the platform. */
export type Proof = 'none' | 'key' | 'token'

/** One question to the platform: a path below its address, and JSON text. */
export interface Question {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly body?: string
  readonly contentType?: string
  readonly proof: Proof
}

/** An HTTP answer, bounded but not yet understood. */
export interface PlatformAnswer {
  readonly status: number
  /** From `Retry-After`, in milliseconds. */
  readonly retryAfterMs?: number
  readonly body: string
}

/**
 * Carries one question. A `Result` failure means that nothing is known of the outcome: the question may have been
 * carried out. Faults: platform.unreachable, platform.timeout, platform.garbage.
 */
export interface Transport {
  ask: (question: Question, signal: AbortSignal) => Promise<Result<PlatformAnswer>>
  /** Platform time minus ours, in milliseconds. */
  setSkew(ms: number): void
}

/** What a counter believes its platform by. */
export interface PlatformTrust {
  /** The keys of the platform, newest first: the newest signs its answers. None: this counter knows no platform yet. */
  keys(): readonly PlatformKey[]
  /** Takes over the keys that follow on the known ones, as published; says whether there was one. */
  follow(published: readonly PlatformKey[]): boolean
  /** A demonstration takes the first platform that it meets for its own. */
  readonly believesFirst: boolean
}

/** What `drain` did. `fault` is why it stopped before the end. */
export interface DrainReport {
  readonly applied: number
  readonly duplicate: number
  readonly rejected: number
  readonly conflict: number
  readonly pending: number
  readonly fault?: Fault
}

/** What changed: the link or a time on it, items of the queue, or reference data. */
export type OutboxChange = 'link' | 'items' | 'reference'

/** The sync screen's state without the offline budget, which the use case adds. */
export type OutboxStatus = Omit<SyncView, 'budget'>

export interface Outbox {
  /** An act was committed, or the network is back: send soon. Never shortens a pause asked for by the platform. */
  wake(): void
  /** Sends everything now; a lost answer is asked again, a link that stays down ends it. */
  drain(): Promise<DrainReport>
  status(): OutboxStatus
  /** Stops after the exchange in flight was abandoned; what it carried is asked again at the next start. */
  close(): Promise<void>
}

/** A file that acts refer to and that the platform does not hold yet. */
export interface WaitingFile {
  readonly sha256: Sha256
  readonly mime: string
  /** Bytes. */
  readonly size: number
  /** Where its upload was broken off. */
  readonly url?: string
  /** How often it was refused, or could not be read. */
  readonly tries: number
}

/** The files of digital items that are not here yet. Each write is durable when it returns. */
export interface WantedFiles {
  /** Items that want files, oldest first; those that were tried since an instant rest. */
  items(notSince: Date): readonly DigitalItem[]
  has(sha256: Sha256): boolean
  /** Keeps what came, under its hash. Faults: file.swapped (it has another hash), those of `put` and `Tx`. */
  keep(file: DigitalFile, bytes: Uint8Array): Result<void>
  /** Each of its files is here. */
  ready(item: DigitalItem): void
  /** One of its files could not be had. */
  stopped(item: DigitalItem, fault: Fault, at: Date): void
}

/** The files of queued acts; they travel apart and never hold an act up. Each write is durable when it returns. */
export interface PendingUploads {
  /** In the order of the acts that brought them; with `due`, without those that are tried again only after it. */
  waiting(limit: number, due?: Date): readonly WaitingFile[]
  /** Why this file could not be brought, and from when on it is tried again. The others do not wait for it. */
  refused(sha256: Sha256, fault: Fault, notBefore: Date): void
  count(): number
  /** Faults: file.missing, file.damaged, file.swapped. */
  bytes(sha256: Sha256): Result<Uint8Array>
  saveUrl(sha256: Sha256, url: string | undefined): void
  /** The platform holds these, and their hashes match. Returns of how many this was news. */
  stored(files: readonly Sha256[], at: Date): number
}
