import { isMissed, type Result } from './result.ts';

/** The results for people: a block a scenario, a line a metric, a column a size. */
export function table(results: readonly Result[]): string {
  return unique(results.map(({ scenario }) => scenario))
    .map((scenario) =>
      block(
        scenario,
        results.filter((one) => one.scenario === scenario),
      ),
    )
    .join('\n\n');
}

function block(scenario: string, results: readonly Result[]): string {
  const sizes = unique(results.map(({ size }) => size));
  const rows = unique(results.map(({ metric }) => metric)).map((metric) => {
    const of = (size: number) => results.find((one) => one.metric === metric && one.size === size);
    return [metric, ...sizes.map((size) => cell(of(size))), results.find((one) => one.metric === metric)?.unit ?? ''];
  });
  return lines([[scenario, ...sizes.map(String), ''], ...rows]);
}

function cell(found: Result | undefined): string {
  if (!found) return '';
  const { value, bar } = found;
  return bar === null ? String(value) : `${value} (at most ${bar}: ${isMissed(found) ? 'MISSED' : 'kept'})`;
}

function lines(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((text, column) => text.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
