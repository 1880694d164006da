import type {Gateway} from '../core/gateway.ts';
import {judged, statusColumn} from '../core/judgement.ts';
import type {ResourceKind} from '../core/resource-kind.ts';
import {judgeGateway} from '../core/route-state.ts';
import {age, labels, name, server} from '../core/standard-columns.ts';

export const gateways: ResourceKind<Gateway> = {
	apiVersion: 'gateway.networking.k8s.io/v1',
	kind: 'Gateway',
	plural: 'gateways',
	aliases: [],
	scope: 'namespaced',
	mode: 'object',
	family: 'network',
	beside: ['gatewayclasses'],
	columns: [name, server('Class', {priority: 2}), server('Address'), server('Programmed', {priority: 5}), statusColumn(judgeGateway), age, labels],
	sort: {by: 'name'},
	...judged(judgeGateway),
};
