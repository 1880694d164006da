import type {Check} from '../core/check.ts';
import {fieldAt, listAt, textAt} from '../core/field.ts';
import type {Finding} from '../core/finding.ts';
import type {KubeObject} from '../core/kubernetes.ts';
import {fact, fault} from '../core/net/fault.ts';
import {conditionsOf, conditionSince, conditionText, type GatewayCondition, isRefused} from '../core/net/gateway-conditions.ts';
import {refOf, titleOf} from '../core/net/trace/cluster-index.ts';
import {timestamp} from '../core/timestamp.ts';

/** diagnosis.md 2.4, check 46. */
export const gatewayProgrammed: Check = {
	ids: ['GW_NOT_PROGRAMMED'],
	title: 'Gateways are accepted and programmed',
	family: 'Gateway',
	reads: ['gateways.gateway.networking.k8s.io'],
	graceMs: 30_000,
	*run(view) {
		const classes =
			view.readable('gatewayclasses.gateway.networking.k8s.io').state === 'ready'
				? new Set(view.all('gatewayclasses.gateway.networking.k8s.io').map(({metadata}) => metadata.name))
				: undefined;
		for (const gateway of view.all('gateways.gateway.networking.k8s.io')) {
			const {generation} = gateway.metadata;
			const className = textAt(gateway, 'spec', 'gatewayClassName') ?? '';
			const conditions = conditionsOf(fieldAt(gateway, 'status'));
			if (classes && !classes.has(className)) yield noClass(gateway, className, [...classes]);
			const refused = conditions.find(one => (one.type === 'Accepted' || one.type === 'Programmed') && isRefused(one, generation));
			if (refused) yield notProgrammed(gateway, refused, 'status.conditions', '');
			else yield* listeners(gateway);
			// `Pending` with `Waiting for controller` is what a Gateway is made with: nobody has looked at it.
			if (conditions.every(({status, reason}) => status === 'Unknown' || reason === 'Pending') && (!classes || classes.has(className)))
				yield untouched(gateway, className);
		}
	},
};

function* listeners(gateway: KubeObject): Iterable<Finding> {
	for (const listener of listAt(gateway, 'status', 'listeners')) {
		const name = textAt(listener, 'name') ?? '';
		const conditions = conditionsOf(listener);
		const bad = conditions.find(
			one => (one.type === 'ResolvedRefs' || one.type === 'Programmed' || one.type === 'Accepted') && isRefused(one, gateway.metadata.generation),
		);
		const conflicted = conditions.find(({type, status}) => type === 'Conflicted' && status === 'True');
		const found = conflicted ?? bad;
		if (found) yield notProgrammed(gateway, found, `status.listeners[${name}].conditions`, name);
	}
}

function notProgrammed(gateway: KubeObject, condition: GatewayCondition, path: string, listener: string): Finding {
	const ref = refOf(gateway);
	return fault({
		id: 'GW_NOT_PROGRAMMED',
		family: 'Gateway',
		severity: 'critical',
		confidence: 'proven',
		subject: ref,
		part: listener,
		title: `Gateway ${titleOf(gateway)}${listener === '' ? '' : `, listener ${listener}`}: ${condition.type} is ${condition.status}: ${conditionText(condition)}`,
		...conditionSince(condition),
		evidence: [fact(ref, `${path}[${condition.type}]`, `${condition.status} ${conditionText(condition)}`)],
		remedy: [{text: 'See what its controller says', command: `kubectl -n ${ref.namespace ?? ''} describe gateway ${ref.name}`, changes: false}],
	});
}

function noClass(gateway: KubeObject, className: string, classes: readonly string[]): Finding {
	const ref = refOf(gateway);
	const since = timestamp(gateway.metadata.creationTimestamp);
	const [only] = classes.length === 1 ? classes : [];
	return fault({
		id: 'GW_NOT_PROGRAMMED',
		family: 'Gateway',
		severity: 'critical',
		confidence: 'proven',
		subject: ref,
		part: 'class',
		title: `Gateway ${titleOf(gateway)}: there is no GatewayClass ${className}`,
		...(since === undefined ? {} : {since}),
		evidence: [fact(ref, 'spec.gatewayClassName', className), fact(ref, 'gatewayclasses', classes.join(', ') || 'none')],
		remedy:
			only === undefined
				? [{text: 'See which classes there are', command: 'kubectl get gatewayclasses', changes: false}]
				: [
						{
							text: `Use class ${only}`,
							command: `kubectl -n ${ref.namespace ?? ''} patch gateway ${ref.name} --type merge -p '{"spec":{"gatewayClassName":"${only}"}}'`,
							changes: true,
						},
					],
	});
}

function untouched(gateway: KubeObject, className: string): Finding {
	const ref = refOf(gateway);
	const since = timestamp(gateway.metadata.creationTimestamp);
	return fault({
		id: 'GW_NOT_PROGRAMMED',
		family: 'Gateway',
		severity: 'critical',
		confidence: 'likely',
		subject: ref,
		title: `Gateway ${titleOf(gateway)}: no controller of class ${className} has acted on it`,
		// A controller is given a minute before this counts, and then its grace time.
		...(since === undefined ? {} : {since: since + 30_000}),
		evidence: [fact(ref, 'status.conditions', 'none but those it was made with')],
		remedy: [{text: 'Does the controller of the class run?', command: `kubectl describe gatewayclass ${className}`, changes: false}],
	});
}
