import {type EndFacts, numbersOfName} from './end-facts.ts';
import type {PolicyPort} from './network-policy.ts';
import type {PolicyProtocol} from './policy-answer.ts';

/** `protocol` defaults to TCP, as the API server fills it in. */
export function protocolOf(port: PolicyPort): string {
	return port.protocol ?? 'TCP';
}

/** Do the ports of a rule admit this one? No list and an empty list admit all. Names are looked up in the destination, never in the policy's own pod. */
export function portsAdmit(ports: readonly PolicyPort[] | null | undefined, protocol: PolicyProtocol, port: number, destination: EndFacts): boolean {
	if (!ports || ports.length === 0) return true;
	return ports.some(one => protocolOf(one) === protocol && portRanges(one, protocol, destination).some(([first, last]) => port >= first && port <= last));
}

/** The numbers that an entry stands for at this destination, as ranges; `endPort` counts with a number only. */
export function portRanges(entry: PolicyPort, protocol: PolicyProtocol, destination: EndFacts): ReadonlyArray<readonly [number, number]> {
	const {port, endPort} = entry;
	if (port === undefined || port === null) return [[1, 65_535]];
	if (typeof port === 'number') return [[port, endPort ?? port]];
	// An int-or-string may carry its number as text in a file written by hand.
	if (/^\d+$/.test(port)) return [[Number(port), endPort ?? Number(port)]];
	return numbersOfName(destination, port, protocol).map(number => [number, number] as const);
}
