import {fieldAt, textPairsAt} from '../../field.ts';
import type {Remedy} from '../../finding.ts';
import {labelsMatch, selectorMatches} from '../../label-selector.ts';
import {timestamp} from '../../timestamp.ts';
import {fact} from '../fault.ts';
import type {NetPod, NetService} from '../net-objects.ts';
import {type ClusterIndex, hasEnded, refOf, titleOf} from './cluster-index.ts';
import {counted, traceFinding} from './draft.ts';
import type {EndpointsPlace} from './endpoints-place.ts';
import {keyOfValue, selectorMiss} from './near-miss.ts';

type Told = Readonly<{lines: readonly string[]; finding: ReturnType<typeof traceFinding>}>;

/** The selector means no pod that lives: a near miss, a workload scaled to 0, or nothing at all. */
export function noPods({service, index}: EndpointsPlace, going: readonly NetPod[]): Told {
	const ref = refOf(service);
	const {namespace = ''} = service.metadata;
	const selector = service.spec?.selector ?? {};
	const text = Object.entries(selector)
		.map(([key, value]) => `${key}=${value}`)
		.join(',');
	const scaled = ownersOf(service, index);
	const miss =
		scaled.length > 0
			? undefined
			: selectorMiss(
					selector,
					index.pods(namespace).filter(pod => !hasEnded(pod)),
				);
	const [pod] = miss?.pods ?? [];
	const otherKey = miss && miss.has === undefined && pod ? keyOfValue(pod, miss.wanted) : undefined;
	const near =
		miss && pod
			? `nearest: ${counted(miss.pods.length, 'pod')} with ${miss.has === undefined ? (otherKey === undefined ? `no label ${miss.label}` : `${otherKey}=${miss.wanted}`) : `${miss.label}=${miss.has}`}`
			: undefined;
	const why =
		scaled.length > 0
			? `${scaled.join(', ')} is scaled to 0`
			: (near ?? (going.length > 0 ? `${counted(going.length, 'pod')} with these labels are going away` : `no pod in ${namespace} is like it`));
	return {
		lines: [`selector ${text} matches no pod`, why],
		finding: traceFinding({
			id: 'SVC_SELECTOR_NO_POD',
			severity: scaled.length > 0 ? 'warning' : 'critical',
			confidence: 'proven',
			subject: ref,
			title: `Service ${titleOf(service)} selects no pod (${text}); ${why}`,
			...(timestamp(service.metadata.creationTimestamp) === undefined || going.length > 0 ? {} : {since: timestamp(service.metadata.creationTimestamp) ?? 0}),
			evidence: [
				fact(ref, 'spec.selector', text),
				fact(ref, `pods in ${namespace}`, `${index.pods(namespace).length}, none with these labels`),
				...(pod
					? [
							fact(
								refOf(pod),
								'metadata.labels',
								textPairsAt(pod, 'metadata', 'labels')
									.map(([key, value]) => `${key}=${value}`)
									.join(','),
							),
						]
					: []),
			],
			remedy: selectorRemedy(
				{namespace, name: ref.name},
				miss && {label: miss.label, key: otherKey ?? miss.label, value: miss.has ?? (otherKey === undefined ? undefined : miss.wanted)},
			),
		}),
	};
}

type Change = Readonly<{label: string; key: string; value: string | undefined}>;

function selectorRemedy({namespace, name}: Readonly<{namespace: string; name: string}>, change: Change | undefined): readonly Remedy[] {
	if (change === undefined)
		return [{text: 'Compare its selector with the labels of the pods', command: `kubectl -n ${namespace} get pods --show-labels`, changes: false}];
	const {key, label, value} = change;
	const selector = {...(key === label ? {} : {[label]: null}), [key]: value ?? null};
	const text = value === undefined ? `Take ${label} out of the selector` : `Select ${key}=${value}`;
	return [{text, command: `kubectl -n ${namespace} patch service ${name} -p '${JSON.stringify({spec: {selector}})}'`, changes: true}];
}

/** Workloads whose pods the selector would mean, and that want none. */
function ownersOf(service: NetService, index: ClusterIndex): readonly string[] {
	const selector = service.spec?.selector ?? {};
	return ['deployments.apps', 'statefulsets.apps']
		.flatMap(kind => index.view.all(kind))
		.filter(owner => owner.metadata.namespace === service.metadata.namespace && fieldAt(owner, 'spec', 'replicas') === 0)
		.filter(owner => {
			const labels = Object.fromEntries(textPairsAt(owner, 'spec', 'template', 'metadata', 'labels'));
			return labelsMatch(selector, labels) && selectorMatches(fieldAt(owner, 'spec', 'selector'), labels);
		})
		.map(owner => `${owner.kind} ${owner.metadata.name}`);
}
