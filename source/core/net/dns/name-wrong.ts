import type {ClusterView} from '../../check.ts';
import {type Finding, findingKey} from '../../finding.ts';
import type {LookupPlan, PlannedQuery} from './lookup-plan.ts';

/**
 * DNS_NAME_WRONG: a name that is meant for the cluster (`web.shop`, `web.shop.svc`, a full name) and that no object stands behind.
 * undefined where it resolves, or may well be a name outside. `seen`: a probe got NXDOMAIN, which makes it proven.
 */
export function judgeName(view: ClusterView, plan: LookupPlan, seen = false): Finding | undefined {
	if (plan.answered) return undefined;
	const meant = meantQuery(view, plan);
	if (!meant) return undefined;
	const {answer} = meant;
	const subject = {apiVersion: 'v1', kind: 'Service', ...placeOf(meant.name, view.clusterDomain)};
	const near = answer.near.length === 0 ? '' : `; near: ${answer.near.join(', ')}`;
	const [first] = answer.near;
	return {
		id: 'DNS_NAME_WRONG',
		family: 'DNS',
		severity: 'critical',
		class: 'fault',
		confidence: seen ? 'proven' : 'likely',
		subject,
		title: `${plan.name} does not exist: ${answer.why}${near}`,
		evidence: plan.queries.map(query => ({ref: subject, path: `A ${query.name}`, value: `${query.answer.rcode}: ${query.answer.why}`})),
		remedy: [
			...(first === undefined
				? []
				: [{text: `Use the name ${first}`, command: `kubectl -n ${first.split('.')[1]} get service ${first.split('.')[0]}`, changes: false}]),
			{text: 'See which Services there are', command: 'kubectl get services -A', changes: false},
		],
		causes: [],
		key: findingKey('DNS_NAME_WRONG', subject),
	};
}

/** The question that was meant: the one whose namespace exists or is nearly so, else the shortest under the cluster's domain. */
function meantQuery(view: ClusterView, {name, queries}: LookupPlan): PlannedQuery | undefined {
	const wrong = queries.filter(({answer}) => answer.rcode === 'NXDOMAIN');
	const labels = name.replace(/\.$/, '').split('.');
	const domain = view.clusterDomain;
	const isClusterName = labels.includes('svc') || name.replace(/\.$/, '').endsWith(`.${domain}`);
	if (isClusterName) return wrong.find(query => standsFor(query.name, labels, domain)) ?? wrong[0];
	if (labels.length === 1) return wrong[0];
	// Two labels: `web.shop` where shop is a namespace, or Services of the first name are elsewhere. Else it may be any name of the internet.
	const second = wrong.find(query => query.name === `${labels.join('.')}.svc.${domain}.`);
	if (labels.length !== 2 || !second) return undefined;
	const isNamespace = !second.answer.why.startsWith('there is no namespace');
	return isNamespace || second.answer.near.length > 0 ? second : undefined;
}

/** Is the question the typed name, with nothing but the rest of the cluster's domain behind it? */
function standsFor(query: string, labels: readonly string[], domain: string): boolean {
	const typed = labels.join('.');
	return [`${typed}.`, `${typed}.${domain}.`].includes(query) && query.endsWith(`.svc.${domain}.`);
}

function placeOf(query: string, domain: string): Readonly<{namespace?: string; name: string}> {
	const labels = query
		.slice(0, -1)
		.replace(new RegExp(`\\.svc\\.${domain.replaceAll('.', '\\.')}$`), '')
		.split('.');
	const [namespace, name] = labels.toReversed();
	return name === undefined ? {name: namespace ?? query} : {...(namespace === undefined ? {} : {namespace}), name};
}
