import {fieldAt, listAt, textAt} from '../../core/field.ts';
import {labelsText} from '../../core/label-selector.ts';
import {span} from '../../core/line.ts';
import type {ObjectModel} from '../../core/object-model.ts';
import {openObject} from '../../core/targets.ts';
import {still} from '../fit.ts';
import {type Block, fact, relatedAs, type Summarize} from './summary.ts';
import {type BlockRow, tableBlock} from './table-block.ts';

/** Of a Service: type, addresses, selector, ports, how many pods it selects. */
export const summarizeService: Summarize = ({object, model, setting}) => {
	// Not looked up is not the same as none.
	const looked = model.related.filter(({relation, state}) => relation === 'selects' && (state === 'present' || state === 'missing'));
	const selected = looked.filter(({state}) => state === 'present');
	const selector = labelsText(fieldAt(object, 'spec', 'selector'));
	const outside = listAt(object, 'status', 'loadBalancer', 'ingress').map(entry => textAt(entry, 'ip') ?? textAt(entry, 'hostname') ?? '');
	const ports = listAt(object, 'spec', 'ports').map(
		(port): BlockRow => ({
			cells: [
				span(textAt(port, 'name') ?? '-'),
				span(`${textAt(port, 'port') ?? ''}/${textAt(port, 'protocol') ?? 'TCP'}`),
				span(textAt(port, 'targetPort') ?? textAt(port, 'port') ?? ''),
				span(textAt(port, 'nodePort') ?? '-'),
			],
		}),
	);
	return {
		facts: [
			...fact('Type', textAt(object, 'spec', 'type')),
			...fact('IP', listAt(object, 'spec', 'clusterIPs').join(' ') || textAt(object, 'spec', 'clusterIP')),
			...fact('External', [...outside, ...listAt(object, 'spec', 'externalIPs').map(String)].join(' ') || textAt(object, 'spec', 'externalName')),
			...fact('Selector', selector || 'none: endpoints are kept by hand'),
			...(looked.length === 0 ? [] : fact('Selects', `${selected.length} ${selected.length === 1 ? 'pod' : 'pods'}`)),
			...fact('Affinity', textAt(object, 'spec', 'sessionAffinity')),
		],
		blocks: tableBlock([{title: 'PORT', min: 4}, {title: 'LISTENS'}, {title: 'TARGET', min: 4}, {title: 'NODE PORT', drop: 1}], ports, setting),
	};
};

/** Of an Ingress: class, addresses, which host and path leads to which Service. */
export const summarizeIngress: Summarize = ({object, model, setting}) => {
	const addresses = listAt(object, 'status', 'loadBalancer', 'ingress').map(entry => textAt(entry, 'ip') ?? textAt(entry, 'hostname') ?? '');
	const rules = listAt(object, 'spec', 'rules').flatMap(rule =>
		listAt(rule, 'http', 'paths').map(path => ruleRow(textAt(rule, 'host') ?? '*', `${textAt(path, 'path') ?? '/'}`, fieldAt(path, 'backend'), model)),
	);
	const fallback = fieldAt(object, 'spec', 'defaultBackend');
	const rows = [...rules, ...(fallback === undefined ? [] : [ruleRow('(default)', '', fallback, model)])];
	const tls = listAt(object, 'spec', 'tls').map(entry =>
		still(`  ${listAt(entry, 'hosts').join(', ') || '*'}  `, span(`secret ${textAt(entry, 'secretName') ?? '-'}`, 'muted')),
	);
	return {
		facts: [
			...fact('Class', textAt(object, 'spec', 'ingressClassName'), {target: relatedAs(model, 'class')}),
			...fact('Address', addresses.join(' ') || 'none yet'),
		],
		blocks: [
			...tableBlock(
				[
					{title: 'HOST', min: 8, cut: 'front'},
					{title: 'PATH', min: 4},
					{title: 'BACKEND', min: 10},
				],
				withIds(rows),
				setting,
			),
			...(tls.length === 0 ? [] : [{title: 'TLS', lines: tls}]),
		],
	};
};

function ruleRow(host: string, path: string, backend: unknown, model: ObjectModel): BlockRow {
	const name = textAt(backend, 'service', 'name') ?? textAt(backend, 'resource', 'name') ?? '';
	const port = textAt(backend, 'service', 'port', 'name') ?? textAt(backend, 'service', 'port', 'number');
	const target = relatedAs(model, 'backend', name);
	const missing = target?.state === 'missing';
	const text = `${name}${port === undefined ? '' : `:${port}`}${missing ? ' (not there)' : ''}`;
	return {
		...(target === undefined ? {} : {tone: target.tone}),
		cells: [span(host), span(path), missing ? span(text, 'error') : span(text)],
		copy: host,
		...(target && !missing ? {enter: [openObject(target.kind, target.ref)]} : {}),
	};
}

/** Of a Gateway: class, addresses, listeners. */
export const summarizeGateway: Summarize = ({object, model, setting}) => {
	const rows = listAt(object, 'spec', 'listeners').map(
		(listener): BlockRow => ({
			cells: [
				span(textAt(listener, 'name') ?? ''),
				span(`${textAt(listener, 'port') ?? ''}/${textAt(listener, 'protocol') ?? ''}`),
				span(textAt(listener, 'hostname') ?? '*'),
				span(
					textAt(
						listAt(object, 'status', 'listeners').find(status => textAt(status, 'name') === textAt(listener, 'name')),
						'attachedRoutes',
					) ?? '-',
				),
			],
		}),
	);
	return {
		facts: [
			...fact('Class', textAt(object, 'spec', 'gatewayClassName'), {target: relatedAs(model, 'class')}),
			...fact(
				'Address',
				listAt(object, 'status', 'addresses')
					.map(address => textAt(address, 'value') ?? '')
					.join(' ') || 'none yet',
			),
		],
		blocks: tableBlock(
			[{title: 'LISTENER', min: 6}, {title: 'PORT'}, {title: 'HOST', min: 6, cut: 'front'}, {title: 'ROUTES', align: 'end', drop: 1}],
			rows,
			setting,
		),
	};
};

/** Of an HTTPRoute or a route shaped like it: hosts, Gateways, which match leads to which backend. */
export const summarizeRoute: Summarize = ({object, model, setting}) => {
	const rows = listAt(object, 'spec', 'rules').flatMap(rule => {
		const matches = listAt(rule, 'matches').map(match => textAt(match, 'path', 'value') ?? '*');
		return listAt(rule, 'backendRefs').map((backend): BlockRow => {
			const name = textAt(backend, 'name') ?? '';
			const target = relatedAs(model, 'backend', name);
			const text = `${name}:${textAt(backend, 'port') ?? ''}${target?.state === 'missing' ? ' (not there)' : ''}`;
			return {
				...(target === undefined ? {} : {tone: target.tone}),
				cells: [span(matches.join(' ') || '*'), span(text), span(textAt(backend, 'weight') ?? '1')],
				...(target && target.state !== 'missing' ? {enter: [openObject(target.kind, target.ref)]} : {}),
			};
		});
	});
	const parents = listAt(object, 'spec', 'parentRefs').map(parent => textAt(parent, 'name') ?? '');
	return {
		facts: [
			...fact('Hosts', listAt(object, 'spec', 'hostnames').join(' ') || '*'),
			...parents.flatMap(parent => fact('Gateway', parent, {target: relatedAs(model, 'parent', parent)})),
		],
		blocks: tableBlock(
			[
				{title: 'PATH', min: 6},
				{title: 'BACKEND', min: 10},
				{title: 'WEIGHT', align: 'end', drop: 1},
			],
			withIds(rows),
			setting,
		),
	};
};

/** Rows of rules have no name of their own: their place is their id. */
function withIds(rows: readonly BlockRow[]): readonly BlockRow[] {
	return rows.map((row, index) => ({...row, id: `rule:${index}`}));
}

/** Of an EndpointSlice: its addresses with their state. */
export const summarizeEndpointSlice: Summarize = ({object, model, setting}) => {
	const rows = listAt(object, 'endpoints').map((endpoint, index): BlockRow => {
		const ready = fieldAt(endpoint, 'conditions', 'ready') !== false;
		const name = textAt(endpoint, 'targetRef', 'name') ?? '';
		const target = relatedAs(model, 'endpoint', name);
		return {
			tone: ready ? 'ok' : 'warning',
			id: `endpoint:${index}`,
			cells: [span(listAt(endpoint, 'addresses').join(' ')), span(ready ? 'ready' : 'not ready'), span(name || '-'), span(textAt(endpoint, 'nodeName') ?? '-')],
			...(target && target.state !== 'missing' ? {enter: [openObject(target.kind, target.ref)]} : {}),
		};
	});
	const ports = listAt(object, 'ports').map(port => `${textAt(port, 'name') ?? ''} ${textAt(port, 'port') ?? '*'}/${textAt(port, 'protocol') ?? 'TCP'}`.trim());
	return {
		facts: [
			...fact('Service', relatedAs(model, 'service')?.ref.name, {target: relatedAs(model, 'service')}),
			...fact('Family', textAt(object, 'addressType')),
			...fact('Ports', ports.join(', ')),
		],
		blocks: endpointTable(rows, setting),
	};
};

function endpointTable(rows: readonly BlockRow[], setting: Parameters<Summarize>[0]['setting']): readonly Block[] {
	return tableBlock([{title: 'ADDRESS', min: 8}, {title: 'STATE'}, {title: 'TARGET', min: 8, cut: 'middle'}, {title: 'NODE', min: 6, drop: 1}], rows, setting);
}
