/** Whether a URL's hostname is this machine: `localhost`, 127.0.0.0/8, `::1` (with or without brackets). */
export function isLoopback(hostname: string): boolean {
	return hostname === 'localhost' || hostname.endsWith('.localhost') || /^127(?:\.\d{1,3}){3}$/.test(hostname) || hostname === '::1' || hostname === '[::1]';
}
