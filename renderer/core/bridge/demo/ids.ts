import { counterId, identityId, printJobId, receiptId, registerNumber, requestId, sha256Hex } from '#shared/ids.ts'

const uuid = (kind: number, n: number): string => `0000000${kind}-0000-7000-8000-${String(n).padStart(12, '0')}`

/** Ids of the demonstration: the same at every start, so that two pictures of one screen are equal. */
export const demoId = {
  request: (n: number) => requestId.parse(uuid(1, n)),
  receipt: (n: number) => receiptId.parse(uuid(2, n)),
  job: (n: number) => printJobId.parse(uuid(3, n)),
  identity: (n: number) => identityId.parse(uuid(4, n)),
  draft: (n: number) => uuid(6, n),
  act: (n: number) => uuid(5, n),
  /** As a hash looks, the same for the same number. */
  print: (n: number) =>
    sha256Hex.parse(
      Array.from({ length: 8 }, (_, at) =>
        (Math.imul(n * 8 + at + 1, 0x9e3779b1) >>> 0).toString(16).padStart(8, '0'),
      ).join(''),
    ),
  sha: (n: number) => sha256Hex.parse(String(n).padStart(64, '0')),
  counter: counterId.parse('RAB03-G2'),
  mailCounter: counterId.parse('RAB03-M1'),
  number: (year: number, n: number) => registerNumber.parse(`${year}/RAB03-G2/${String(n).padStart(6, '0')}`),
}
