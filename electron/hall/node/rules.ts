import type { DiskRecord } from './record.ts'

/**
 * The three rules on which everything stands; `tests/hall/broken.test.ts` breaks each and the simulation turns red.
 */

/** How many voters have to have something on disk: any two majorities share a station that knows. */
export const majorityOf = (voters: number): number => Math.floor(voters / 2) + 1

/** Whether what is said in an epoch comes too late for a station that is bound to another. */
export const isOld = (epoch: number, promised: number): boolean => epoch < promised

/**
 * What has to be on disk before a promise is answered: a station that forgets it in a crash would let the old server
 * go on beside the new one.
 */
export const promiseRecords = (epoch: number, to: string): readonly DiskRecord[] => [{ t: 'promise', epoch, to }]
