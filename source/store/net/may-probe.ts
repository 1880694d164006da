import type {AccessAnswer, AccessQuestion} from '../../core/cluster-client.ts';
import type {ProbeWay} from '../../core/net/probe/probe-plan.ts';

export type Can = (question: AccessQuestion, signal: AbortSignal) => Promise<AccessAnswer>;

/** WebSocket upgrades are asked for as `get`, from 1.35 on as `create` too: kube-api.md 8.1. */
const needed: Readonly<Record<ProbeWay, ReadonlyArray<readonly [verb: string, subresource: string | undefined]>>> = {
	exec: [
		['create', 'exec'],
		['get', 'exec'],
	],
	ephemeral: [
		['patch', 'ephemeralcontainers'],
		['create', 'exec'],
		['get', 'exec'],
	],
	pod: [
		['create', undefined],
		['delete', undefined],
		['create', 'exec'],
		['get', 'exec'],
	],
};

/** Why a way of probing is not open in a namespace: `you may not create pods/exec in shop`; undefined where it is, or where nobody knows. */
export async function probeRefusal(can: Can, way: ProbeWay, namespace: string, signal: AbortSignal): Promise<string | undefined> {
	const answers = await Promise.all(
		needed[way].map(async ([verb, subresource]) => {
			const answer = await can({verb, group: '', resource: 'pods', namespace, ...(subresource === undefined ? {} : {subresource})}, signal);
			return {verb, resource: subresource === undefined ? 'pods' : `pods/${subresource}`, answer};
		}),
	);
	const denied = answers.filter(({answer}) => answer.allowed === false);
	if (denied.length === 0) return undefined;
	const verbs = Map.groupBy(denied, ({resource}) => resource);
	return [...verbs].map(([resource, list]) => `you may not ${list.map(({verb}) => verb).join(' and ')} ${resource} in ${namespace}`).join('; ');
}
