const factors: Readonly<Record<string, number>> = {
	n: 1e-9,
	u: 1e-6,
	m: 1e-3,
	'': 1,
	k: 1e3,
	M: 1e6,
	G: 1e9,
	T: 1e12,
	Ki: 2 ** 10,
	Mi: 2 ** 20,
	Gi: 2 ** 30,
	Ti: 2 ** 40,
};

/** The number in a quantity of the demo's own objects: `250m`, `4Gi`; 0 for what is none. */
export function quantityValue(text: string): number {
	const [, number = '0', suffix = ''] = /^(\d+(?:\.\d+)?)([a-zA-Z]*)$/u.exec(text) ?? [];
	return Number(number) * (factors[suffix] ?? 0);
}

/** CPU as metrics-server writes it: `1840211n`. */
export function cpuQuantity(nanoCores: number): string {
	return `${Math.round(nanoCores)}n`;
}

/** Memory as metrics-server writes it: `233000Ki`. */
export function memoryQuantity(bytes: number): string {
	return `${Math.round(bytes / 1024)}Ki`;
}
