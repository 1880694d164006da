import type {ResourceType} from '../../source/core/resource-type.ts';

/** The type of pods, as discovery gives it. */
export const podType: ResourceType = {
	group: '',
	version: 'v1',
	plural: 'pods',
	kind: 'Pod',
	singular: 'pod',
	namespaced: true,
	verbs: ['get', 'list', 'watch'],
	shortNames: ['po'],
	categories: ['all'],
	subresources: [],
	preferred: true,
	state: 'current',
};
