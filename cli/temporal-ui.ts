import type { TemporalUi } from '../client/temporal/ui-links.ts';
import type { Settings } from '../settings/settings.ts';

export function temporalUi({ temporalUiUrl, temporalNamespace }: Settings): TemporalUi {
  return { url: temporalUiUrl, namespace: temporalNamespace };
}
