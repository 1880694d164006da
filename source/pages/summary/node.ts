import {fieldAt, listAt, textAt} from '../../core/field.ts';
import {span} from '../../core/line.ts';
import {formatBytes, parseQuantity} from '../../core/quantity.ts';
import {fact, type Summarize} from './summary.ts';
import {tableBlock} from './table-block.ts';

const resources = ['cpu', 'memory', 'ephemeral-storage', 'pods'];

/** Of a Node: addresses, versions, taints, capacity against what pods may use. */
export const summarizeNode: Summarize = ({object, model, setting}) => {
	const addresses = listAt(object, 'status', 'addresses')
		.filter(address => textAt(address, 'type') !== 'Hostname')
		.map(address => textAt(address, 'address') ?? '');
	const info = (key: string): string | undefined => textAt(object, 'status', 'nodeInfo', key);
	const taints = listAt(object, 'spec', 'taints').map(
		taint => `${textAt(taint, 'key') ?? ''}${textAt(taint, 'value') === undefined ? '' : `=${textAt(taint, 'value')}`}:${textAt(taint, 'effect') ?? ''}`,
	);
	const roles = Object.keys(object.metadata.labels ?? {}).flatMap(label => /^node-role\.kubernetes\.io\/(.+)$/.exec(label)?.[1] ?? []);
	const runs = model.related.filter(({relation, state}) => relation === 'runs' && state === 'present').length;
	const rows = resources
		.filter(resource => textAt(fieldAt(object, 'status', 'capacity'), resource) !== undefined)
		.map(resource => ({
			cells: [span(resource), span(amountOf(object, 'allocatable', resource)), span(amountOf(object, 'capacity', resource))],
		}));
	return {
		facts: [
			...fact('Address', addresses.join(' ')),
			...fact('Roles', roles.join(', ')),
			...fact('Kubelet', info('kubeletVersion')),
			...fact('Runtime', info('containerRuntimeVersion')),
			...fact('System', [info('osImage'), info('architecture')].filter(part => part !== undefined).join(' ')),
			...fact('Kernel', info('kernelVersion')),
			...fact('Pod CIDR', listAt(object, 'spec', 'podCIDRs').join(' ')),
			...(runs > 0 ? fact('Runs', `${runs} ${runs === 1 ? 'pod' : 'pods'}`) : []),
			...fact('Cordoned', textAt(object, 'spec', 'unschedulable') === 'true' ? 'yes' : undefined, {tone: 'warning'}),
			...fact('Taints', taints.join(' ')),
		],
		blocks: tableBlock([{title: 'RESOURCE'}, {title: 'FOR PODS', align: 'end'}, {title: 'CAPACITY', align: 'end'}], rows, setting),
	};
};

/** Bytes in the unit a reader thinks in; everything else as the kubelet reports it. */
function amountOf(object: unknown, of: 'allocatable' | 'capacity', resource: string): string {
	const text = textAt(object, 'status', of, resource);
	const amount = text === undefined || !/memory|storage|hugepages/.test(resource) ? undefined : parseQuantity(text);
	return amount === undefined ? (text ?? '-') : formatBytes(amount);
}
