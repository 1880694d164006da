/** An address as a number: 32 bits of IPv4, 128 of IPv6. */
export type IpAddress = Readonly<{family: 4 | 6; value: bigint}>;
/** From the first to the last address of it. */
export type IpBlock = Readonly<{family: 4 | 6; first: bigint; last: bigint; prefix: number}>;

const bitsOf = {4: 32, 6: 128} as const;

/** Reads `10.244.1.7`, `fd00::7`, `::ffff:10.0.0.1` (which is the IPv4 address in it); undefined when it is no address. */
export function parseIp(text: string): IpAddress | undefined {
	const four = parseIpv4(text);
	if (four !== undefined) return {family: 4, value: four};
	const six = parseIpv6(text);
	if (six === undefined) return undefined;
	// An IPv4-mapped address is that IPv4 address (RFC 4291 2.5.5.2).
	return six >> 32n === 0xffffn ? {family: 4, value: six & 0xffff_ffffn} : {family: 6, value: six};
}

/** Reads `10.0.0.0/8`, also where bits behind the prefix are set; undefined when it is no block. */
export function parseCidr(text: string): IpBlock | undefined {
	const [address = '', length, ...more] = text.split('/');
	const ip = parseIp(address);
	if (ip === undefined || length === undefined || more.length > 0 || !/^\d{1,3}$/.test(length)) return undefined;
	const prefix = Number(length);
	if (prefix > bitsOf[ip.family]) return undefined;
	const rest = BigInt(bitsOf[ip.family] - prefix);
	const first = (ip.value >> rest) << rest;
	return {family: ip.family, first, last: first + (1n << rest) - 1n, prefix};
}

/** Is the address in the block? Never across families. */
export function blockHas(block: IpBlock, ip: IpAddress): boolean {
	return block.family === ip.family && ip.value >= block.first && ip.value <= block.last;
}

/** Is the whole of `inner` in `outer`? */
export function blockCovers(outer: IpBlock, inner: IpBlock): boolean {
	return outer.family === inner.family && inner.first >= outer.first && inner.last <= outer.last;
}

function parseIpv4(text: string): bigint | undefined {
	const parts = text.split('.');
	if (parts.length !== 4 || !parts.every(part => /^\d{1,3}$/.test(part) && Number(part) <= 255)) return undefined;
	return parts.reduce((value, part) => (value << 8n) | BigInt(part), 0n);
}

function parseIpv6(text: string): bigint | undefined {
	const last = text.slice(text.lastIndexOf(':') + 1);
	const four = last.includes('.') ? parseIpv4(last) : undefined;
	if (last.includes('.') && four === undefined) return undefined;
	// The dotted end of `::ffff:10.0.0.1` as its two groups.
	const plain = four === undefined ? text : `${text.slice(0, -last.length)}${(four >> 16n).toString(16)}:${(four & 0xffffn).toString(16)}`;
	const halves = plain.split('::');
	if (halves.length > 2) return undefined;
	const [head = [], tail = []] = halves.map(half => (half === '' ? [] : half.split(':')));
	const missing = 8 - head.length - tail.length;
	if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
	const groups = [...head, ...Array.from({length: missing}, () => '0'), ...tail];
	if (!groups.every(group => /^[\da-f]{1,4}$/i.test(group))) return undefined;
	return groups.reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n);
}
