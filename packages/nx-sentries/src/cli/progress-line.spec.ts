import { ProgressLine } from './progress-line';

/** What a terminal of 30 columns, or a pipe, was sent. */
function stream(isTTY: boolean) {
  const sent: string[] = [];
  const write = (text: string): boolean => sent.push(text) > 0;
  return { sent, stream: { isTTY, columns: 30, write } as unknown as NodeJS.WriteStream };
}

describe('the line that tells how far something is', () => {
  beforeEach(() => jest.useFakeTimers({ now: 1_000_000 }));
  afterEach(() => jest.useRealTimers());

  it('is written over itself, and leaves nothing behind', () => {
    const { sent, stream: terminal } = stream(true);
    const line = new ProgressLine(terminal);
    line.show('pulling 1 %');
    jest.advanceTimersByTime(200);
    line.show('pulling 2 %');
    line.clear();
    line.clear();
    expect(sent).toEqual(['\r\u001b[Kpulling 1 %', '\r\u001b[Kpulling 2 %', '\r\u001b[K']);
  });

  it('stays one line, however long the text is', () => {
    const { sent, stream: terminal } = stream(true);
    new ProgressLine(terminal).show('x'.repeat(100));
    expect(sent[0]!.replace('\r\u001b[K', '')).toBe(`${'x'.repeat(28)}…`);
  });

  it('is not written more often than it can be read', () => {
    const { sent, stream: terminal } = stream(true);
    const line = new ProgressLine(terminal);
    for (let token = 0; token < 50; token++) line.show(`${String(token)} tokens`);
    expect(sent).toHaveLength(1);
  });

  it('is quiet where no terminal is', () => {
    const { sent, stream: pipe } = stream(false);
    const line = new ProgressLine(pipe);
    line.show('pulling 1 %');
    line.clear();
    expect(sent).toEqual([]);
  });
});
