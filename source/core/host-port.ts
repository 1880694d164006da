/** `10.0.0.1` or `[2001:db8::1]`, as it stands in a URL and before a port (RFC 3986, 3.2.2). */
export function urlHost(address: string): string {
	return address.includes(':') ? `[${address}]` : address;
}

/** `10.0.0.2:53`, `[2001:db8::1]:53`. */
export function hostPort(address: string, port: number | string): string {
	return `${urlHost(address)}:${port}`;
}
