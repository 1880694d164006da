import {type PolicyProtocol, policyProtocols} from './policy-answer.ts';

/** What is asked about; without a port: any of the protocol. */
export type PortWish = Readonly<{protocol: PolicyProtocol; port?: number | string}>;

/** Reads `5432`, `tcp/5432`, `53/udp`, `udp`, `http`, `any`; undefined when it is no port. `any` is every port of TCP. */
export function readPortWish(text: string): PortWish | undefined {
	const parts = text
		.trim()
		.split('/')
		.filter(part => part !== '');
	const protocol = policyProtocols.find(one => parts.some(part => part.toUpperCase() === one));
	const rest = parts.filter(part => part.toUpperCase() !== protocol);
	const [port] = rest;
	if (policyProtocols.some(one => one === port?.toUpperCase())) return undefined;
	if (parts.length === 0 || rest.length > 1 || (parts.length === 2 && protocol === undefined)) return undefined;
	const of = {protocol: protocol ?? ('TCP' as const)};
	if (port === undefined || port.toLowerCase() === 'any') return of;
	if (/^\d+$/.test(port)) return Number(port) >= 1 && Number(port) <= 65_535 ? {...of, port: Number(port)} : undefined;
	// An IANA service name: at most 15 letters, digits and hyphens, one letter at least (validation of containerPort.name).
	return /^(?=.*[a-z])[a-z0-9](?:[a-z0-9-]{0,13}[a-z0-9])?$/.test(port) ? {...of, port} : undefined;
}

/** `tcp/5432`, `udp/dns`, `tcp`. */
export function portWishText({protocol, port}: PortWish): string {
	return port === undefined ? protocol.toLowerCase() : `${protocol.toLowerCase()}/${port}`;
}
