// Writes the generated pages of docs/: `npm run docs`, after a change of a setting or of a mapping.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generatedDocs } from './generated-docs.ts';

for (const [page, text] of Object.entries(generatedDocs())) {
  const file = fileURLToPath(new URL(`../${page}`, import.meta.url));
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
  console.log(page);
}
