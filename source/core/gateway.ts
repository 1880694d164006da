import type {Condition} from './conditions.ts';
import type {KubeObject} from './kubernetes.ts';

/** What k8tui reads of a Gateway (gateway.networking.k8s.io/v1). */
export type Gateway = KubeObject &
	Readonly<{
		spec?: Readonly<{gatewayClassName?: string}>;
		status?: Readonly<{
			addresses?: ReadonlyArray<Readonly<{value?: string}>>;
			conditions?: readonly Condition[];
			listeners?: ReadonlyArray<Readonly<{name: string; attachedRoutes?: number; conditions?: readonly Condition[]}>>;
		}>;
	}>;

type BackendRef = Readonly<{group?: string; kind?: string; name: string; namespace?: string}>;

/** What k8tui reads of an HTTPRoute (gateway.networking.k8s.io/v1). */
export type HttpRoute = KubeObject &
	Readonly<{
		spec?: Readonly<{
			hostnames?: readonly string[];
			parentRefs?: ReadonlyArray<Readonly<{kind?: string; name: string; namespace?: string}>>;
			rules?: ReadonlyArray<Readonly<{backendRefs?: readonly BackendRef[]}>>;
		}>;
		status?: Readonly<{parents?: ReadonlyArray<Readonly<{parentRef?: Readonly<{name?: string}>; conditions?: readonly Condition[]}>>}>;
	}>;
