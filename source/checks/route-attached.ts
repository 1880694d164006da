import type {Check} from '../core/check.ts';
import {listAt, textAt} from '../core/field.ts';
import type {Finding, Remedy} from '../core/finding.ts';
import type {KubeObject} from '../core/kubernetes.ts';
import {routeKinds} from '../core/net/entry-backends.ts';
import {fact, fault} from '../core/net/fault.ts';
import {conditionsOf, conditionSince, conditionText, type GatewayCondition, isRefused} from '../core/net/gateway-conditions.ts';
import {refOf, titleOf} from '../core/net/trace/cluster-index.ts';
import {parentsOf, type RouteParent} from '../core/net/trace/hosts.ts';
import {timestamp} from '../core/timestamp.ts';

/** diagnosis.md 2.4, check 47. */
export const routeAttached: Check = {
	ids: ['ROUTE_NOT_ATTACHED'],
	title: 'routes are attached to their Gateways',
	family: 'Gateway',
	reads: ['httproutes.gateway.networking.k8s.io'],
	graceMs: 30_000,
	*run(view) {
		for (const route of routeKinds.flatMap(kind => view.all(kind))) {
			const statuses = listAt(route, 'status', 'parents');
			for (const parent of parentsOf(route)) {
				const about = statuses.filter(one => isAbout(one, parent, route));
				const refused = about.flatMap(conditionsOf).find(one => one.type === 'Accepted' && isRefused(one, route.metadata.generation));
				if (refused) yield notAttached(route, parent, refused);
				else if (about.length === 0) yield untouched(route, parent);
			}
		}
	},
};

function isAbout(status: unknown, {name, namespace, sectionName}: RouteParent, route: KubeObject): boolean {
	const reference = (key: string): string | undefined => textAt(status, 'parentRef', key);
	const section = reference('sectionName');
	return (
		reference('name') === name &&
		(reference('namespace') ?? route.metadata.namespace) === namespace &&
		(section === undefined || sectionName === undefined || section === sectionName)
	);
}

function notAttached(route: KubeObject, parent: RouteParent, condition: GatewayCondition): Finding {
	const ref = refOf(route);
	return fault({
		id: 'ROUTE_NOT_ATTACHED',
		family: 'Gateway',
		severity: 'critical',
		confidence: 'proven',
		subject: ref,
		part: `${parent.namespace}/${parent.name}${parent.sectionName === undefined ? '' : `/${parent.sectionName}`}`,
		title: `${route.kind} ${titleOf(route)} is not accepted by Gateway ${parent.namespace}/${parent.name}: ${conditionText(condition)}`,
		...conditionSince(condition),
		evidence: [fact(ref, 'status.parents[].conditions[Accepted]', `False ${conditionText(condition)}`)],
		remedy: remedyOf(route, parent, condition),
	});
}

/** By the reasons of the Gateway API. */
function remedyOf(route: KubeObject, {namespace, name}: RouteParent, {reason}: GatewayCondition): readonly Remedy[] {
	const own = route.metadata.namespace ?? '';
	const see: Remedy = {text: 'See its conditions', command: `kubectl -n ${own} get ${route.kind.toLowerCase()} ${route.metadata.name} -o yaml`, changes: false};
	const gateway = `kubectl -n ${namespace} get gateway ${name} -o jsonpath='{.spec.listeners}'`;
	switch (reason) {
		case 'NotAllowedByListeners':
			return [
				{
					text:
						own === namespace
							? 'Its kind is not among allowedRoutes of the listener'
							: `A listener admits routes of its own namespace only, unless it says otherwise: admit those of ${own}`,
					command: `kubectl -n ${namespace} patch gateway ${name} --type json -p '[{"op":"add","path":"/spec/listeners/0/allowedRoutes","value":{"namespaces":{"from":"All"}}}]'`,
					changes: true,
				},
				see,
			];
		case 'NoMatchingParent':
			return [{text: 'No listener has the section or the port that parentRefs name', command: gateway, changes: false}, see];
		case 'NoMatchingListenerHostname':
			return [{text: 'No listener has a hostname that meets those of the route', command: gateway, changes: false}, see];
		default:
			return [see];
	}
}

function untouched(route: KubeObject, {namespace, name}: RouteParent): Finding {
	const ref = refOf(route);
	const since = timestamp(route.metadata.creationTimestamp);
	return fault({
		id: 'ROUTE_NOT_ATTACHED',
		family: 'Gateway',
		severity: 'critical',
		confidence: 'likely',
		subject: ref,
		part: `${namespace}/${name}`,
		title: `${route.kind} ${titleOf(route)}: no controller has acted on it for Gateway ${namespace}/${name}`,
		// A minute, of which the grace time is the second half.
		...(since === undefined ? {} : {since: since + 30_000}),
		evidence: [fact(ref, 'status.parents', `none for ${namespace}/${name}`)],
		remedy: [{text: 'Is the Gateway there, and does its controller run?', command: `kubectl -n ${namespace} describe gateway ${name}`, changes: false}],
	});
}
