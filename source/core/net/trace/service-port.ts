import type {NetPod, NetService, ServicePort} from '../net-objects.ts';

export type PortChoice = Readonly<{port: ServicePort; note?: string} | {port: undefined; wanted: string}>;

/** The port of a Service by number or name; without one the only port, else the first, which is said. The same number may be there for TCP and UDP: TCP is taken. */
export function choosePort({spec}: NetService, wanted: string | undefined): PortChoice {
	const ports = spec?.ports ?? [];
	if (wanted === undefined) {
		const [first] = ports;
		if (!first) return {port: undefined, wanted: 'any'};
		const isOnly = ports.every(({port}) => port === first.port);
		return isOnly ? {port: first} : {port: first, note: `no port was named: the first of ${ports.map(portTitle).join(', ')} is followed`};
	}
	const matching = ports.filter(port => String(port.port) === wanted || port.name === wanted);
	const port = matching.find(one => protocolOf(one) === 'TCP') ?? matching[0];
	if (!port) return {port: undefined, wanted};
	return matching.length > 1 ? {port, note: `${matching.length} ports are called ${wanted}: ${matching.map(portTitle).join(', ')}`} : {port};
}

export function protocolOf({protocol}: Readonly<{protocol?: string}>): string {
	return protocol ?? 'TCP';
}

/** `http 80/TCP`. */
export function portTitle({name, port, protocol}: ServicePort): string {
	return `${name === undefined || name === '' ? '' : `${name} `}${port}/${protocol ?? 'TCP'}`;
}

/** Number or name; where it is left out it is the Service's own port (API reference, ServicePort). */
export function targetPortOf({port, targetPort}: ServicePort): number | string {
	return targetPort ?? port;
}

/** Ports that the pod's containers declare, sidecars (init containers that stay) too. */
export function declaredPorts({
	spec,
}: NetPod): ReadonlyArray<Readonly<{name?: string; containerPort: number; protocol?: string; hostPort?: number; hostIP?: string; container: string}>> {
	const staying = (spec?.initContainers ?? []).filter(({restartPolicy}) => restartPolicy === 'Always');
	return [...(spec?.containers ?? []), ...staying].flatMap(({name, ports = []}) => ports.map(port => ({...port, container: name})));
}

/** What a target port means in this pod; undefined: a name that no container declares with this protocol. */
export function resolveTarget(pod: NetPod, target: number | string, protocol: string): number | undefined {
	// A digit string is a number in disguise: IntOrString as some tools write it.
	if (typeof target === 'number' || /^\d+$/.test(target)) return Number(target);
	return declaredPorts(pod).find(port => port.name === target && protocolOf(port) === protocol)?.containerPort;
}
