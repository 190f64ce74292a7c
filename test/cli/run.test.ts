import { describe, expect, it } from 'vitest';
import { typed } from './support.ts';

describe('a command line', () => {
  it('prints data on stdout and nothing else', async () => {
    const { code, stdout, stderr } = await typed('version');
    expect(code).toBe(0);
    expect(stdout).toContain(process.versions.node);
    expect(stderr).toBe('');
  });

  it('prints the same data as JSON with --json, wherever the option stands', async () => {
    const after = await typed('version --json');
    const before = await typed('--json version');
    expect(JSON.parse(after.stdout)).toMatchObject({ node: process.versions.node });
    expect(before.stdout).toBe(after.stdout);
  });

  it('suggests the command that was meant and ends with 2', async () => {
    const { code, stdout, stderr } = await typed('verson');
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('Did you mean version?');
  });

  it('suggests the option that was meant and ends with 2', async () => {
    const { code, stderr } = await typed('version --jsn');
    expect(code).toBe(2);
    expect(stderr).toContain('Did you mean --json?');
  });

  it('names the values it takes when another is given', async () => {
    const { code, stderr } = await typed('completion tcsh');
    expect(code).toBe(2);
    expect(stderr).toContain('bash, zsh, fish');
  });

  it('has no colours where nobody looks', async () => {
    const { stdout } = await typed('--help');
    expect(stdout).not.toContain('\u001b[');
  });
});
