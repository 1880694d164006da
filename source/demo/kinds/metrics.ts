import {textAt} from '../json.ts';
import {type Cell, column, type DemoKind} from '../kind.ts';
import type {StoredObject} from '../stored-object.ts';

const common: Pick<DemoKind, 'group' | 'version' | 'verbs' | 'columns' | 'cells' | 'singular' | 'isComputed'> = {
	group: 'metrics.k8s.io',
	version: 'v1beta1',
	singular: '',
	verbs: ['get', 'list'],
	isComputed: true,
	columns: [
		column('Name', {format: 'name', description: 'Name of the resource'}),
		column('cpu', {format: 'quantity', description: ''}),
		column('memory', {format: 'quantity', description: ''}),
		column('Window', {format: 'duration', description: ''}),
	],
	cells: (object): readonly Cell[] => [object.metadata.name, total(object, 'cpu'), total(object, 'memory'), textAt(object, 'window')],
};

/** The sum of what the containers of a pod use, or what the node does. */
function total(object: StoredObject, resource: string): string {
	const own = textAt(object, 'usage', resource);
	const {containers} = object;
	if (own !== '' || !Array.isArray(containers)) return own;
	const texts = containers.map(container => textAt(container, 'usage', resource));
	const unit = texts[0]?.replace(/^\d+/u, '') ?? '';
	return `${texts.reduce((sum, text) => sum + Number.parseInt(text, 10), 0)}${unit}`;
}

export const nodeMetrics: DemoKind = {...common, plural: 'nodes', kind: 'NodeMetrics', namespaced: false};
export const podMetrics: DemoKind = {...common, plural: 'pods', kind: 'PodMetrics', namespaced: true};
