// The suffixes of apimachinery's pkg/api/resource: decimal ones are powers of ten, `i` ones powers of 1,024.
const decimalExponents: Readonly<Record<string, number>> = {n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18};
const binaryUnits: readonly string[] = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const quantityPattern = /^([+-]?(?:\d+(?:\.\d*)?|\.\d+))(?:([numkMGTPE]?)|([KMGTPE]i)|[eE]([+-]?\d+))$/;

/** The value of a Kubernetes quantity in its base unit (cores, bytes): `250m` -> 0.25, `1Ki` -> 1024, `1e3` -> 1000. undefined: not a quantity. */
export function parseQuantity(text: string): number | undefined {
	const match = quantityPattern.exec(text.trim());
	if (match === null) return undefined;
	const [, digits = '', decimal, binary, exponent] = match;
	if (binary !== undefined) return Number(digits) * 1024 ** binaryUnits.indexOf(binary);
	const power = exponent === undefined ? decimalExponents[decimal ?? ''] : Number(exponent);
	// As one literal, so that 0.1m does not pick up the rounding of a multiplication.
	const value = Number(`${digits}e${power ?? 0}`);
	return Number.isFinite(value) ? value : undefined;
}

/** `402m`, `1840m`; from 10 cores on as cores, `12.3` and `128`. Whatever is above zero never reads as zero. */
export function formatCpu(millicores: number): string {
	if (millicores >= 9999.5) return formatCores(millicores);
	return `${millicores > 0 && millicores < 1 ? 1 : Math.round(millicores)}m`;
}

/** Millicores as cores with at most one decimal: 1900 -> `1.9`, 4000 -> `4`. For capacities and totals. */
export function formatCores(millicores: number): string {
	return oneDecimal(millicores / 1000, 100);
}

/** `512`, `233Mi`, `6.2Gi`: one decimal below ten from Mi on, as screens.md 10 has it. */
export function formatBytes(bytes: number): string {
	if (bytes < 0) return `-${formatBytes(-bytes)}`;
	let value = bytes;
	let unit = 0;
	// 1023.5 would be printed as 1024 of the smaller unit.
	while (value >= 1023.5 && unit < binaryUnits.length - 1) {
		value /= 1024;
		unit++;
	}
	return `${unit < 2 ? Math.round(value) : oneDecimal(value, 10)}${binaryUnits[unit] ?? ''}`;
}

function oneDecimal(value: number, below: number): string {
	return Math.abs(value) < below - 0.05 ? String(Math.round(value * 10) / 10) : String(Math.round(value));
}
