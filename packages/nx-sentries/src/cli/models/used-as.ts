import type { Settings } from 'sentries-core';

/** What a model is set for. */
export type Use = 'plan' | 'patch';

/** The models that are set, each once, with what they are for. */
export function modelsInUse({ model }: Settings): Map<string, Use[]> {
  return model.plan === model.patch
    ? new Map([[model.plan, ['plan', 'patch']]])
    : new Map([
        [model.plan, ['plan']],
        [model.patch, ['patch']],
      ]);
}

/** The same, as the variables name it. */
export const VARIABLE: Readonly<Record<Use, string>> = { plan: 'MODEL_PLAN', patch: 'MODEL_PATCH' };
