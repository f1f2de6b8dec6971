export const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

export const wordIn = (word: string, flags = 'g'): RegExp =>
  new RegExp(`(?<![\\w-])${escaped(word)}(?![\\w]|-\\w)`, flags);
