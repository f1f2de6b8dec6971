const LINE_FEED = 0x0a;
/** Nearly all texts are smaller, and it is kept for good. */
const ROOM = 1 << 20;

let room: Buffer | undefined;

/**
 * A copy of a text with so many line feeds behind it. It is good until the next one is asked for: new memory
 * for each takes longer than reading it.
 */
export function padded(text: Uint8Array, count: number): Buffer {
  const size = text.length + count;
  const bytes =
    size <= ROOM ? (room ??= Buffer.allocUnsafeSlow(ROOM)) : Buffer.allocUnsafeSlow(size);
  bytes.set(text);
  return bytes.fill(LINE_FEED, text.length, size);
}
