import type {ClusterView} from '../../core/check.ts';
import {clusterDomainOf} from '../../core/net/cluster-domain.ts';
import type {KubeObject} from '../../core/kubernetes.ts';
import {createOnce} from '../../core/once.ts';
import type {Observation} from '../../core/observation.ts';
import type {ReadObjects} from './read-objects.ts';

export type ViewMoment = Readonly<{now: number; oneShot: boolean; observations: readonly Observation[]}>;

/** What checks look at, over what was read. A kind that was not asked for is still loading: no check may take it for empty. */
export function objectView(read: ReadObjects, {now, oneShot, observations}: ViewMoment): ClusterView {
	const byProbe = Map.groupBy(
		observations.toSorted((a, b) => b.at - a.at),
		({probe}) => probe,
	);
	return {
		once: createOnce(),
		now,
		oneShot,
		clusterDomain: clusterDomainOf(read.get('configmaps')?.objects ?? []),
		// Who asks for a kind names the shape of its objects, as everywhere where the API's JSON gets its type.
		all: <O extends KubeObject>(kind: string) => (read.get(kind)?.objects ?? []) as readonly O[],
		readable: kind => read.get(kind)?.readable ?? {state: 'loading'},
		readIn: (kind, namespace) => {
			const found = read.get(kind);
			return found?.namespaces?.includes(namespace) === true ? {state: 'ready'} : (found?.readable ?? {state: 'loading'});
		},
		// Facts of a probe have the shape that its owner gave them.
		observed: <T>(probe: string) => (byProbe.get(probe) ?? []) as ReadonlyArray<Observation<T>>,
	};
}
