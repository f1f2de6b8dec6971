const CONTROL = /[^\P{Cc}\t\n]/gu;

/**
 * A text for a terminal that has words of artifacts in it. Who made these may have put control characters into them, which a
 * terminal obeys: they are shown instead, as `\x1b`.
 */
export function printable(text: string): string {
  return text.replace(
    CONTROL,
    (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}
