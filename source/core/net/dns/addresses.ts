import {blockHas, type IpBlock, parseIp} from '../policy/ip-address.ts';

/** 127.0.0.0/8 and ::1. */
export function isLoopback(address: string): boolean {
	const ip = parseIp(address);
	return ip !== undefined && (ip.family === 4 ? ip.value >> 24n === 127n : ip.value === 1n);
}

/** 169.254.0.0/16 and fe80::/10: an address of the node itself, as node-local-dns has. */
export function isLinkLocal(address: string): boolean {
	const ip = parseIp(address);
	return ip !== undefined && (ip.family === 4 ? ip.value >> 16n === 0xa9fen : ip.value >> 118n === 0x3fan);
}

/** Do two blocks have an address in common? */
export function blocksOverlap(a: IpBlock, b: IpBlock): boolean {
	return blockHas(a, {family: b.family, value: b.first}) || blockHas(b, {family: a.family, value: a.first});
}
