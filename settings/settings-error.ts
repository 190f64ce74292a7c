/** Settings that cannot be used. The message names every one of them, its reason and the way out; never a secret. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    const several = problems.length > 1;
    super(
      `${several ? `${problems.length} settings are` : 'A setting is'} wrong:\n${problems.map((line) => `  ${line}`).join('\n')}\n` +
        `Correct ${several ? 'them' : 'it'} in the environment, or unset ${several ? 'them' : 'it'} for the default; docs/settings.md explains each.`,
    );
    this.problems = problems;
  }
}
