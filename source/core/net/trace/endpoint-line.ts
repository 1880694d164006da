import {hostPort} from '../../host-port.ts';
import type {TraceEndpoint} from './trace.ts';

/** `+ 10.244.1.9:8080  web-1  n1/zone-a  ready`. */
export function endpointLine({address, port, pod, node, zone, ready, used, note, sidecar}: TraceEndpoint): string {
	const place = node === undefined ? '' : `  ${node}${zone === undefined ? '' : `/${zone}`}`;
	const words = [note ?? (ready ? 'ready' : 'not ready'), ...(sidecar === undefined ? [] : [`behind ${sidecar}`])];
	return `${used ? '+' : 'X'} ${hostPort(address, port ?? '?')}  ${pod ? pod.metadata.name : 'no pod'}${place}  ${words.join(', ')}`;
}
