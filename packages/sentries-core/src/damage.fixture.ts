import fc from 'fast-check';

/** What may become of a file: cut off, one byte changed, something behind it, or something else altogether. */
export const damaged = (whole: Buffer): fc.Arbitrary<Buffer> =>
  fc.oneof(
    fc.nat(whole.length - 1).map((length) => whole.subarray(0, length)),
    fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 })).map(([at, change]) => {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at]! + change) % 256;
      return bytes;
    }),
    fc.uint8Array({ maxLength: 64 }).map((bytes) => Buffer.concat([whole, bytes])),
    fc.uint8Array({ maxLength: 64 }).map((bytes) => Buffer.from(bytes)),
  );
