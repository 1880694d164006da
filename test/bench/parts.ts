import type {Part} from './part.ts';

/** A part's name, how long it may take, and where it is. */
export type ListedPart = Readonly<{
	name: string;
	limitSeconds: number;
	load(): Promise<Part> /** Environment variable without which there is nothing to measure. */;
	needs?: string;
}>;

/** In the order in which they run. The limits together stay under the ten minutes that the whole may take. */
export const parts: readonly ListedPart[] = [
	{name: 'demo', limitSeconds: 160, load: async () => (await import('./demo-part.ts')).demoPart},
	{name: 'growth', limitSeconds: 110, load: async () => (await import('./growth-part.ts')).growthPart},
	{name: 'cluster', limitSeconds: 95, load: async () => (await import('./cluster-part.ts')).clusterPart, needs: 'KUBECONFIG_E2E'},
	{name: 'log-engine', limitSeconds: 50, load: async () => (await import('./log-engine-part.ts')).logEnginePart},
	{name: 'log-screen', limitSeconds: 60, load: async () => (await import('./log-screen-part.ts')).logScreenPart},
	{name: 'masking', limitSeconds: 20, load: async () => (await import('./masking-part.ts')).maskingPart},
	{name: 'top', limitSeconds: 95, load: async () => (await import('./top-part.ts')).topPart},
];
