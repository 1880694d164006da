import {printedText} from '../core/printed.ts';
import type {ResourceKind} from '../core/resource-kind.ts';
import {age, labels, name, server} from '../core/standard-columns.ts';

export const gatewayClasses: ResourceKind = {
	apiVersion: 'gateway.networking.k8s.io/v1',
	kind: 'GatewayClass',
	plural: 'gatewayclasses',
	aliases: [],
	scope: 'cluster',
	mode: 'metadata',
	columns: [name, server('Controller', {priority: 2}), server('Accepted', {priority: 1}), age, server('Description', {wide: true}), labels],
	sort: {by: 'name'},
	tone(item) {
		if (item.meta.deletionTimestamp !== undefined) return 'terminating';
		const accepted = printedText(item, 'Accepted');
		if (accepted === 'False') return 'error';
		return accepted === 'True' ? 'ok' : 'unknown';
	},
	why(item) {
		const accepted = printedText(item, 'Accepted');
		if (accepted === 'True') return undefined;
		return accepted === 'False' ? 'its controller does not accept it' : 'no controller has looked at it';
	},
	tonedColumn: 'accepted',
};
