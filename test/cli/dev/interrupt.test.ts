import { describe, expect, it, onTestFinished } from 'vitest';
import { catchInterrupt } from '../../../cli/dev/interrupt.ts';

describe('Ctrl-C', () => {
  it('is one interrupt although npm passes on what the terminal has sent already', async () => {
    const interrupt = catchInterrupt();
    onTestFinished(() => interrupt.dispose());
    expect(interrupt.signal.aborted).toBe(false);
    process.kill(process.pid, 'SIGINT');
    process.kill(process.pid, 'SIGINT');
    expect(await interrupt.arrived).toBe('SIGINT');
    expect(interrupt.signal.aborted).toBe(true);
  });

  it('has its usual effect again when nobody waits for it', () => {
    const before = process.listenerCount('SIGINT');
    catchInterrupt().dispose();
    expect(process.listenerCount('SIGINT')).toBe(before);
  });
});
