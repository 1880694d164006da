import type {Check} from '../core/check.ts';
import {listAt, textAt} from '../core/field.ts';
import type {Finding} from '../core/finding.ts';
import {fact, fault} from '../core/net/fault.ts';
import type {NetPod} from '../core/net/net-objects.ts';
import {workloadName} from '../core/net/policy/workload-name.ts';
import {selectorText, type ServiceFacts, serviceFacts} from '../core/net/service-facts.ts';
import {refOf} from '../core/net/trace/cluster-index.ts';

/** Whoever labels so runs two versions on purpose. */
const intended = ['version', 'track', 'canary', 'release', 'app.kubernetes.io/version', 'rollouts-pod-template-hash'];

/** diagnosis.md 2.2, check 31. */
export const serviceOverlap: Check = {
	ids: ['SVC_DUP_SELECTOR_OVERLAP'],
	title: 'the pods behind a Service belong together',
	family: 'Service',
	reads: ['services', 'pods'],
	graceMs: 0,
	*run(view) {
		for (const facts of serviceFacts(view)) {
			const owners = Map.groupBy(
				facts.pods.filter(({metadata}) => metadata.ownerReferences?.some(({kind}) => kind === 'ReplicaSet') === true),
				workloadName,
			);
			if (owners.size >= 2 && areStrangers(owners)) yield overlap(facts, owners);
		}
	},
};

/** No image in common, and nothing says that it is meant so. */
function areStrangers(owners: ReadonlyMap<string, readonly NetPod[]>): boolean {
	const lists = [...owners.values()];
	if (lists.some(pods => pods.some(({metadata}) => intended.some(label => metadata.labels?.[label] !== undefined)))) return false;
	const images = lists.map(pods => new Set(pods.slice(0, 1).flatMap(repositories)));
	return images.every((own, index) => images.every((other, at) => at === index || own.isDisjointFrom(other)));
}

/** `registry.test/shop/web` of `registry.test/shop/web:4.1@sha256:…`. */
function repositories(pod: NetPod): readonly string[] {
	return listAt(pod, 'spec', 'containers').flatMap(container => (textAt(container, 'image') ?? '').replace(/@.*$/, '').replace(/:[^:/]*$/, ''));
}

function overlap({ref, title, namespace, selector}: ServiceFacts, owners: ReadonlyMap<string, readonly NetPod[]>): Finding {
	const names = [...owners].map(([name, pods]) => `${name} (${pods.length})`);
	return fault({
		id: 'SVC_DUP_SELECTOR_OVERLAP',
		family: 'Service',
		severity: 'info',
		confidence: 'possible',
		subject: ref,
		title: `Service ${title} sends to pods of ${owners.size} Deployments with different images: ${names.join(', ')}`,
		evidence: [
			fact(ref, 'spec.selector', selectorText(selector)),
			...[...owners.values()].flatMap(([pod]) => (pod ? [fact(refOf(pod), 'spec.containers[*].image', repositories(pod).join(', '))] : [])),
		],
		remedy: [{text: 'See whom its selector means', command: `kubectl -n ${namespace} get pods -l '${selectorText(selector)}' -o wide`, changes: false}],
	});
}
